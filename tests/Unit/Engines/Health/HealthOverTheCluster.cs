using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Engines.Health;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Engines.Health;

/// <summary>Several silos share what they know of a vendor's engine; each knows the last answer of the breaker, and never waits for it.</summary>
public sealed class HealthOverTheCluster
{
    readonly ManualTime _time = new();
    readonly SharedBreaker _breaker;
    readonly SharedHealth _east;
    readonly SharedHealth _west;
    int _news;

    public HealthOverTheCluster()
    {
        _breaker = new SharedBreaker(_time);
        _east = new SharedHealth(_breaker, _time, () => _news++);
        _west = new SharedHealth(_breaker, _time, () => _news++);
    }

    [Fact]
    public async Task What_fails_on_one_silo_is_not_tried_on_another_once_it_has_reported()
    {
        for (var i = 0; i < 5; i++)
            _east.Failed(Broken());
        Assert.Equal(5, _news);
        _west.Succeeded();

        await Report();

        Assert.False(_east.MayTry());
        Assert.False(_west.MayTry());
    }

    [Fact]
    public async Task After_the_pause_one_silo_tries_for_all_and_its_success_lets_all_back()
    {
        await Open();
        _time.Advance(Breaker.FirstPause);

        // Both ask; neither waits for the answer.
        Assert.False(_east.MayTry());
        Assert.False(_west.MayTry());
        await Report();
        Assert.True(_east.MayTry());
        Assert.False(_east.MayTry());
        Assert.False(_west.MayTry());
        _east.Succeeded();
        await Report();
        await Report();

        Assert.True(_east.MayTry());
        Assert.True(_west.MayTry());
    }

    [Fact]
    public async Task A_try_that_fails_keeps_all_away_for_longer()
    {
        await Open();
        _time.Advance(Breaker.FirstPause);
        _east.MayTry();
        await Report();
        Assert.True(_east.MayTry());

        _east.Failed(Broken());
        await Report();
        _time.Advance(Breaker.FirstPause);

        Assert.False(_east.MayTry());
        await Report();
        Assert.False(_east.MayTry());
    }

    [Fact]
    public async Task While_the_breaker_can_not_be_asked_the_last_answer_counts_and_nothing_is_forgotten()
    {
        _breaker.IsAway = true;
        for (var i = 0; i < 5; i++)
            _east.Failed(Broken());
        await Report();
        Assert.True(_east.MayTry());

        _breaker.IsAway = false;
        await Report();

        Assert.False(_east.MayTry());
    }

    [Fact]
    public async Task Nothing_is_told_when_nothing_happened()
    {
        await Report();

        Assert.Equal(0, _breaker.Reports);
    }

    [Fact]
    public async Task What_an_operator_orders_reaches_silos_that_have_nothing_to_tell_within_five_seconds()
    {
        await _breaker.Order(new BreakerOrder(TimeSpan.FromMinutes(5)));
        await Report();
        Assert.True(_east.MayTry());

        _time.Advance(TimeSpan.FromSeconds(5));
        await Report();
        Assert.False(_east.MayTry());
        Assert.Equal((BreakerState.Open, true), (_east.Look().Status.State, _east.Look().Status.IsHeld));

        await _breaker.Order(new BreakerOrder(null));
        _time.Advance(TimeSpan.FromSeconds(5));
        await Report();
        Assert.True(_east.MayTry());
    }

    [Fact]
    public async Task An_activation_that_took_over_is_told_what_an_operator_ordered()
    {
        await _breaker.Order(new BreakerOrder(TimeSpan.FromMinutes(5)));
        _time.Advance(TimeSpan.FromSeconds(5));
        await Report();

        _time.Advance(TimeSpan.FromSeconds(5));
        await Report();

        Assert.Equal(TimeSpan.FromSeconds(290), _breaker.LastHeldFor);
    }

    [Fact]
    public void Failures_are_counted_for_a_minute()
    {
        _east.Failed(Broken());
        _time.Advance(TimeSpan.FromSeconds(31));
        _east.Failed(Broken());
        Assert.Equal(2, _east.Look().Failures);

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(1, _east.Look().Failures);
    }

    static EngineFaultException Broken() => new("told", FaultKind.Transport, "Told to fail.");

    async Task Open()
    {
        for (var i = 0; i < 5; i++)
            _east.Failed(Broken());
        _west.Succeeded();
        await Report();
    }

    async Task Report()
    {
        await _east.Report();
        await _west.Report();
    }

    /// <summary>The grain's rules without a grain.</summary>
    sealed class SharedBreaker(ManualTime time) : IEngineHealthGrain
    {
        readonly Breaker _breaker = new(new BreakerRules());

        public bool IsAway { get; set; }

        public int Reports { get; private set; }

        public TimeSpan? LastHeldFor { get; private set; }

        public Task<EngineStatus> Report(EngineReport report)
        {
            if (IsAway)
                throw new Orleans.Runtime.OrleansException("The grain is away.");
            Reports++;
            LastHeldFor = report.HeldFor;
            var now = time.GetUtcNow();
            _breaker.Succeed(report.Successes, now);
            foreach (var failure in report.Failures)
                _breaker.Fail(failure.Kind, failure.RetryAfter, now);
            var mayTry = report.WantsToTry && _breaker.MayTry(now);
            return Task.FromResult(new EngineStatus(_breaker.State, mayTry, _breaker.OpenFor(now), _breaker.Reason, _breaker.IsHeld));
        }

        public Task<EngineStatus> Order(BreakerOrder order)
        {
            if (order.OpenFor is { } pause)
                _breaker.Hold(pause, time.GetUtcNow());
            else
                _breaker.Release();
            return Task.FromResult(new EngineStatus(_breaker.State, MayTry: false, _breaker.OpenFor(time.GetUtcNow()), null, _breaker.IsHeld));
        }

        public Task<SlotOutcome> Take(SlotRequest request) => throw new NotSupportedException();

        public Task Hold(string silo, ImmutableArray<long> slots) => throw new NotSupportedException();
    }
}
