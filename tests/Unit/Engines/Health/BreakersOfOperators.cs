using VoiceGrains.Engines;
using VoiceGrains.Engines.Health;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Engines.Health;

/// <summary>An operator opens and closes a breaker.</summary>
public sealed class BreakersOfOperators
{
    readonly ManualTime _time = new();
    readonly Breaker _breaker = new(new BreakerRules());

    [Fact]
    public void One_that_is_held_open_lets_nobody_through_however_well_calls_go()
    {
        _breaker.Hold(TimeSpan.FromMinutes(5), Now);

        _breaker.Succeed(100, Now);
        _time.Advance(TimeSpan.FromMinutes(4));

        Assert.False(_breaker.MayTry(Now));
        Assert.Equal((BreakerState.Open, true, TimeSpan.FromMinutes(1)), (_breaker.State, _breaker.IsHeld, _breaker.OpenFor(Now)));
    }

    [Fact]
    public void After_its_time_one_call_tries_for_all()
    {
        _breaker.Hold(TimeSpan.FromMinutes(5), Now);
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.True(_breaker.MayTry(Now));
        Assert.False(_breaker.MayTry(Now));
        _breaker.Succeed(1, Now);

        Assert.Equal((BreakerState.Closed, false), (_breaker.State, _breaker.IsHeld));
    }

    [Fact]
    public void One_that_an_operator_closes_forgets_what_failed_and_opens_again_when_it_fails_again()
    {
        Fail(5);
        Assert.Equal(BreakerState.Open, _breaker.State);

        _breaker.Release();
        Assert.True(_breaker.MayTry(Now));
        Fail(4);
        Assert.True(_breaker.MayTry(Now));
        Fail(1);

        Assert.False(_breaker.MayTry(Now));
    }

    DateTimeOffset Now => _time.GetUtcNow();

    void Fail(int times)
    {
        for (var i = 0; i < times; i++)
            _breaker.Fail(FaultKind.Transport, null, Now);
    }
}
