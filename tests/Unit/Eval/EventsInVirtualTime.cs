using VoiceGrains.Eval.Clock;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>The clock that jumps from event to event.</summary>
public sealed class EventsInVirtualTime
{
    readonly VirtualTime _time = new();
    readonly List<(string, double)> _happened = [];

    [Fact]
    public void Events_happen_in_the_order_of_their_times_and_then_in_that_of_their_planning()
    {
        _time.At(Seconds(2), () => Note("late"));
        _time.At(Seconds(1), () => Note("first"));
        _time.At(Seconds(1), () => Note("second"));

        Assert.True(_time.RunUntil(Seconds(3)));
        Assert.Equal([("first", 1), ("second", 1), ("late", 2)], _happened);
    }

    [Fact]
    public void An_event_for_the_past_happens_now()
    {
        _time.At(Seconds(2), () => _time.At(Seconds(1), () => Note("overdue")));

        _time.RunUntil(Seconds(3));

        Assert.Equal([("overdue", 2)], _happened);
    }

    [Fact]
    public void What_lies_behind_the_end_does_not_happen()
    {
        _time.At(Seconds(4), () => Note("never"));

        Assert.False(_time.RunUntil(Seconds(3)));
        Assert.Empty(_happened);
    }

    [Fact]
    public void A_timer_rings_again_and_again_until_it_is_disposed_of()
    {
        var timer = _time.CreateTimer(_ => Note("ring"), null, Seconds(1), Seconds(2));
        _time.At(Seconds(4), timer.Dispose);

        _time.RunUntil(Seconds(10));

        Assert.Equal([("ring", 1), ("ring", 3)], _happened);
    }

    [Fact]
    public void A_timer_that_is_changed_forgets_what_it_was_set_to()
    {
        var timer = _time.CreateTimer(_ => Note("ring"), null, Seconds(1), Timeout.InfiniteTimeSpan);
        timer.Change(Seconds(3), Timeout.InfiniteTimeSpan);

        _time.RunUntil(Seconds(10));

        Assert.Equal([("ring", 3)], _happened);
        Assert.Equal(Seconds(3), _time.GetElapsedTime(0));
    }

    void Note(string what) => _happened.Add((what, _time.Now.TotalSeconds));

    static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
