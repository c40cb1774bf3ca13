using VoiceGrains.Gateway.Sockets;
using VoiceGrains.Participants;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>Somebody comes back who has talked into the air for long, and says all of it again as fast as they can.</summary>
public sealed class ReplayOfTenMinutes
{
    static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);
    static readonly int Frames = (int)(TimeSpan.FromMinutes(10) / Frame);

    // What recognizers take, and how much of it is not covered yet: the longest segment.
    const double RecognizerSpeed = 1.25;
    static readonly TimeSpan Uncovered = TimeSpan.FromSeconds(15);

    readonly ManualTime _time = new();
    readonly FrameRing _ring = new(1);
    readonly List<long> _taken = [];

    [Fact]
    public void It_is_read_no_faster_than_recognizers_take_it_and_all_of_it_arrives()
    {
        var pace = new ReadingPace(_time);
        var started = _time.GetTimestamp();
        for (var number = 1; number <= Frames; number++)
        {
            _time.Advance(pace.WaitFor(Frame, _ring));
            _ring.Add(new SpokenFrame(number, Frame * (number - 1), new byte[3_200]));
            Take(_time.GetElapsedTime(started));
        }

        Take(TimeSpan.FromHours(1));

        Assert.Equal(Enumerable.Range(1, Frames).Select(static number => (long)number), _taken);
    }

    [Fact]
    public void Who_speaks_into_a_recognizer_that_stands_still_is_read_as_fast_as_they_speak()
    {
        var pace = new ReadingPace(_time);
        for (var number = 1; number <= 500; number++)
        {
            var wait = pace.WaitFor(Frame, _ring);
            Assert.True(wait <= Frame, $"Frame {number} waits for {wait}.");
            _ring.Add(new SpokenFrame(number, Frame * (number - 1), new byte[3_200]));
            _time.Advance(Frame);
        }
    }

    void Take(TimeSpan elapsed)
    {
        var most = (long)(elapsed * RecognizerSpeed / Frame);
        while (_taken.Count < most && _ring.Peek().Next is [{ Number: var number }, ..])
        {
            _taken.Add(number);
            _ring.SentThrough(number);
            _ring.Cover(number - (long)(Uncovered / Frame));
        }
    }
}
