using VoiceGrains.Client;

namespace VoiceGrains.Tests.Unit.Client;

/// <summary>What a client keeps until the server has recorded it.</summary>
public sealed class FramesToSendAgain
{
    readonly SentFrames _sent = new(bytesPerSecond: 100);

    [Fact]
    public void What_is_not_recorded_can_be_sent_again_from_any_number()
    {
        for (byte number = 1; number <= 5; number++)
            _sent.Add(number, [number], isText: number == 4);

        _sent.Forget(2);

        Assert.Equal([3, 4, 5], _sent.From(1).Select(static sent => (int)sent.Message[0]));
        Assert.Equal([(4, true), (5, false)], _sent.From(4).Select(static sent => ((int)sent.Message[0], sent.IsText)));
        Assert.Empty(_sent.From(6));
    }

    [Fact]
    public void Two_minutes_are_kept_and_the_oldest_go_first()
    {
        for (var second = 1; second <= 125; second++)
            _sent.Add(second, new byte[100], isText: false);

        Assert.Equal(120, _sent.From(0).Count);
        Assert.Equal(119, _sent.From(7).Count);
    }

    [Fact]
    public void Forgetting_makes_room()
    {
        for (var second = 1; second <= 120; second++)
            _sent.Add(second, new byte[100], isText: false);
        _sent.Forget(60);

        for (var second = 121; second <= 180; second++)
            _sent.Add(second, new byte[100], isText: false);

        Assert.Equal(120, _sent.From(0).Count);
    }
}
