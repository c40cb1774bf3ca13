using VoiceGrains.Gateway.Sockets;
using VoiceGrains.Participants;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>The ring holds what may have to be sent again, and gives it out in order.</summary>
public sealed class RingOfFrames
{
    const int Second = 32_000;
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public void Frames_come_out_in_the_order_of_their_numbers()
    {
        var ring = RingWith(1, 2, 3);

        var (next, oldest) = ring.Peek();

        Assert.Equal([1, 2, 3], Numbers(next));
        Assert.Equal(1, oldest);
        Assert.Equal(4, ring.NextNumber);
    }

    [Fact]
    public void At_most_a_second_of_audio_comes_at_once()
    {
        var ring = new FrameRing(1);
        for (var number = 1; number <= 20; number++)
            ring.Add(Frame(number, Second / 10));

        Assert.Equal(Enumerable.Range(1, 10).Select(static number => (long)number), Numbers(ring.Peek().Next));
    }

    [Fact]
    public void What_was_sent_is_kept_until_it_is_covered()
    {
        var ring = RingWith(1, 2, 3);

        ring.SentThrough(2);
        ring.Cover(1);

        Assert.Equal([3], Numbers(ring.Peek().Next));
        Assert.Equal(2, ring.Peek().Oldest);
    }

    [Fact]
    public void What_is_not_covered_can_be_sent_again()
    {
        var ring = RingWith(1, 2, 3);
        ring.SentThrough(3);
        ring.Cover(1);

        Assert.True(ring.TryRewind(2));

        Assert.Equal([2, 3], Numbers(ring.Peek().Next));
    }

    [Fact]
    public void Beyond_a_minute_the_oldest_audio_goes_and_the_ring_says_so()
    {
        var ring = new FrameRing(1);
        for (var number = 1; number <= 62; number++)
            ring.Add(Frame(number, Second));

        Assert.Equal(3, ring.Peek().Oldest);
        Assert.Equal(3, ring.Peek().Next[0].Number);
    }

    [Fact]
    public void Typed_text_takes_part_in_the_order()
    {
        var ring = RingWith(1, 2);

        ring.Add(new SpokenText(3, "hello"));
        ring.Add(Frame(4, 640));

        Assert.Equal([1, 2, 3, 4], Numbers(ring.Peek().Next));
    }

    [Fact]
    public void An_empty_ring_begins_where_the_client_begins()
    {
        var ring = new FrameRing(1);

        Assert.Equal(Place.Next, ring.Judge(50));

        Assert.Equal((50, 50), (ring.NextNumber, ring.Peek().Oldest));
    }

    [Fact]
    public async Task Who_waits_hears_of_a_new_frame_and_of_a_rewind()
    {
        var ring = new FrameRing(1);
        var added = ring.WaitForMore(Limit, TimeProvider.System, CancellationToken.None);
        Assert.False(added.IsCompleted);
        ring.Add(Frame(1, 640));
        await added;
        ring.SentThrough(1);
        var rewound = ring.WaitForMore(Limit, TimeProvider.System, CancellationToken.None);
        Assert.False(rewound.IsCompleted);

        ring.TryRewind(1);

        await rewound;
    }

    [Fact]
    public async Task Who_waits_can_stop_waiting()
    {
        using var closing = new CancellationTokenSource();
        var waiting = new FrameRing(1).WaitForMore(Limit, TimeProvider.System, closing.Token);

        await closing.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    static FrameRing RingWith(params long[] numbers)
    {
        var ring = new FrameRing(numbers[0]);
        foreach (var number in numbers)
            ring.Add(Frame(number, 640));
        return ring;
    }

    static SpokenFrame Frame(long number, int bytes) => new(number, TimeSpan.Zero, new byte[bytes]);

    static IEnumerable<long> Numbers(IEnumerable<Spoken> spoken) => spoken.Select(static each => each.Number);
}
