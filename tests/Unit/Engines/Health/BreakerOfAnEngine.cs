using VoiceGrains.Engines;
using VoiceGrains.Engines.Health;

namespace VoiceGrains.Tests.Unit.Engines.Health;

/// <summary>Calls are kept away from an engine that fails, and let back one at a time.</summary>
public sealed class BreakerOfAnEngine
{
    readonly Breaker _breaker = new(new BreakerRules());
    DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_opens_when_half_of_the_calls_fail_and_not_before_five_have()
    {
        _breaker.Succeed(5, _now);
        Fail(4);
        Assert.True(_breaker.MayTry(_now));

        Fail(1);

        Assert.False(_breaker.MayTry(_now));
        Assert.Equal((BreakerState.Open, FaultKind.Transport), (_breaker.State, _breaker.Reason));
        Assert.Equal(Breaker.FirstPause, _breaker.OpenFor(_now));
    }

    [Fact]
    public void Failures_among_many_successes_and_old_ones_do_not_open_it()
    {
        _breaker.Succeed(6, _now);
        Fail(5);
        Pass(Breaker.Window + TimeSpan.FromSeconds(1));
        Fail(4);

        Assert.True(_breaker.MayTry(_now));
    }

    [Fact]
    public void After_the_pause_one_is_let_through_and_its_success_closes_it()
    {
        Fail(5);
        Pass(Breaker.FirstPause);

        Assert.True(_breaker.MayTry(_now));
        Assert.False(_breaker.MayTry(_now));
        _breaker.Succeed(1, _now);

        Assert.Equal((BreakerState.Closed, null), (_breaker.State, _breaker.Reason));
        Assert.True(_breaker.MayTry(_now));
        Assert.True(_breaker.MayTry(_now));
    }

    [Fact]
    public void Each_try_that_fails_doubles_the_pause_up_to_a_minute()
    {
        Fail(5);
        List<double> pauses = [];
        for (var i = 0; i < 6; i++)
        {
            pauses.Add(_breaker.OpenFor(_now).TotalSeconds);
            Pass(_breaker.OpenFor(_now));
            Assert.True(_breaker.MayTry(_now));
            Fail(1);
        }

        Assert.Equal([5, 10, 20, 40, 60, 60], pauses);
    }

    [Fact]
    public void Whoever_tried_and_was_never_heard_of_again_counts_as_failed_after_a_while()
    {
        Fail(5);
        Pass(Breaker.FirstPause);
        Assert.True(_breaker.MayTry(_now));

        Pass(Breaker.ProbeLimit - TimeSpan.FromSeconds(1));
        Assert.False(_breaker.MayTry(_now));
        Pass(TimeSpan.FromSeconds(1));

        Assert.True(_breaker.MayTry(_now));
    }

    [Theory]
    [InlineData(FaultKind.Auth)]
    [InlineData(FaultKind.Quota)]
    public void An_account_that_is_refused_opens_it_at_once_and_for_long(FaultKind kind)
    {
        _breaker.Fail(kind, null, _now);

        Assert.Equal((BreakerState.Open, Breaker.LongestPause), (_breaker.State, _breaker.OpenFor(_now)));
    }

    [Fact]
    public void A_vendor_that_asks_to_wait_is_obeyed_but_not_for_ever()
    {
        _breaker.Fail(FaultKind.RateLimited, TimeSpan.FromSeconds(3), _now);
        Assert.Equal(TimeSpan.FromSeconds(3), _breaker.OpenFor(_now));

        Pass(TimeSpan.FromSeconds(3));
        Assert.True(_breaker.MayTry(_now));
        _breaker.Fail(FaultKind.RateLimited, TimeSpan.FromHours(3), _now);

        Assert.Equal(Breaker.LongestPause, _breaker.OpenFor(_now));
    }

    [Theory]
    [InlineData(FaultKind.BadRequest)]
    [InlineData(FaultKind.NoPlace)]
    public void What_an_engine_can_not_do_at_all_or_was_not_asked_says_nothing_of_its_health(FaultKind kind)
    {
        for (var i = 0; i < 50; i++)
            _breaker.Fail(kind, null, _now);

        Assert.True(_breaker.MayTry(_now));
    }

    [Fact]
    public void Whoever_was_to_try_it_and_found_no_place_leaves_that_to_the_next()
    {
        Fail(5);
        Pass(Breaker.FirstPause);
        Assert.True(_breaker.MayTry(_now));
        Assert.False(_breaker.MayTry(_now));

        _breaker.Fail(FaultKind.NoPlace, null, _now);

        Assert.True(_breaker.MayTry(_now));
    }

    void Fail(int times)
    {
        for (var i = 0; i < times; i++)
            _breaker.Fail(FaultKind.Transport, null, _now);
    }

    void Pass(TimeSpan time) => _now += time;
}
