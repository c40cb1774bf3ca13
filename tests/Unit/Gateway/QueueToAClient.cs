using VoiceGrains.Gateway;
using VoiceGrains.Gateway.Sockets;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>A slow client loses the oldest audio, never a caption; and one that takes no captions is closed.</summary>
public sealed class QueueToAClient
{
    const int Quarter = ConnectionLimits.MostWaitingAudio / 4;

    [Fact]
    public async Task Messages_come_out_in_the_order_they_went_in()
    {
        var queue = new OutgoingQueue();

        queue.Add(Caption(1));
        queue.Add(Audio(2, 100));
        queue.Add(Caption(3));

        Assert.Equal("1 2 3", await Marks(queue, 3));
    }

    [Fact]
    public async Task When_too_much_waits_the_oldest_audio_goes_and_all_captions_stay()
    {
        var queue = new OutgoingQueue();
        for (byte mark = 1; mark <= 6; mark++)
        {
            queue.Add(Audio(mark, Quarter));
            queue.Add(Caption((byte)(100 + mark)));
        }

        Assert.Equal("101 102 3 103 4 104 5 105 6 106", await Marks(queue, 10));
        Assert.Equal(2, queue.Dropped);
    }

    [Fact]
    public async Task A_queue_that_closes_does_not_tell_that_audio_has_come_which_it_drops()
    {
        var queue = new OutgoingQueue();
        queue.Add(Audio(1, 100));
        queue.Add(new Outgoing(new byte[] { 2 }, IsBinary: false, EndsAudio: true));
        queue.Add(Caption(3));

        queue.Complete();

        Assert.Equal("3", await Marks(queue, 1));
        Assert.Null(await queue.Take());
    }

    [Fact]
    public void A_client_that_lets_captions_pile_up_is_too_slow()
    {
        var queue = new OutgoingQueue();

        var answers = Enumerable.Range(0, ConnectionLimits.MostWaitingMessages + 1).Select(_ => queue.Add(Caption(1))).ToList();

        Assert.All(answers[..^1], Assert.True);
        Assert.False(answers[^1]);
        Assert.Equal(0, queue.Dropped);
    }

    [Fact]
    public async Task A_client_that_catches_up_is_no_longer_too_slow()
    {
        var queue = new OutgoingQueue();
        for (var i = 0; i <= ConnectionLimits.MostWaitingMessages; i++)
            queue.Add(Caption(1));

        await queue.Take();
        await queue.Take();

        Assert.True(queue.Add(Caption(1)));
    }

    [Fact]
    public void Audio_never_makes_a_client_too_slow()
    {
        var queue = new OutgoingQueue();

        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(queue.Add(Audio(1, Quarter))));
    }

    [Fact]
    public async Task At_the_end_captions_are_still_sent_and_audio_is_not()
    {
        var queue = new OutgoingQueue();
        queue.Add(Audio(1, 100));
        queue.Add(Caption(2));

        queue.Complete();
        queue.Add(Caption(3));

        Assert.Equal("2", await Marks(queue, 1));
        Assert.Null(await queue.Take());
    }

    [Fact]
    public async Task Who_waits_gets_what_comes_and_hears_of_the_end()
    {
        var queue = new OutgoingQueue();
        var first = queue.Take();
        Assert.False(first.IsCompleted);

        queue.Add(Caption(7));
        Assert.Equal(7, (await first)!.Value.Message.Span[0]);
        var second = queue.Take();
        queue.Complete();

        Assert.Null(await second);
    }

    static Outgoing Caption(byte mark) => new(new[] { mark }, IsBinary: false);

    static Outgoing Audio(byte mark, int bytes)
    {
        var message = new byte[bytes];
        message[0] = mark;
        return new Outgoing(message, IsBinary: true);
    }

    static async Task<string> Marks(OutgoingQueue queue, int count)
    {
        var marks = new List<byte>();
        while (marks.Count < count)
            marks.Add((await queue.Take())!.Value.Message.Span[0]);
        return string.Join(' ', marks);
    }
}
