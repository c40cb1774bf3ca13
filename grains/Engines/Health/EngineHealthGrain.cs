using System.Collections.Immutable;

namespace VoiceGrains.Engines.Health;

/// <summary>One engine's breaker, or the places of one account.</summary>
[GrainType("enginehealth")]
sealed partial class EngineHealthGrain(BreakerRules rules, TimeProvider time, ILogger<EngineHealthGrain> logger) : Grain, IEngineHealthGrain
{
    // Silos say what they hold each 2 s: before that an activation that replaces another would give away what is in use.
    static readonly TimeSpan Settling = TimeSpan.FromSeconds(2.5);

    readonly Breaker _breaker = new(rules);
    readonly SlotLedger _slots = new();
    DateTimeOffset _settledAt;
    bool _hasOrder;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _settledAt = time.GetUtcNow() + Settling;
        return Task.CompletedTask;
    }

    public Task<EngineStatus> Report(EngineReport report)
    {
        var (now, before) = (time.GetUtcNow(), _breaker.State);
        // An order outlives the activation that got it; later a silo may only have missed that it was taken back.
        if (report.HeldFor is { } held && now < _settledAt && !_hasOrder)
            _breaker.Hold(held, now);
        _breaker.Succeed(report.Successes, now);
        foreach (var failure in report.Failures)
            _breaker.Fail(failure.Kind, failure.RetryAfter, now);
        var mayTry = report.WantsToTry && _breaker.MayTry(now);
        Log(before, now);
        return Task.FromResult(StatusOf(mayTry, now));
    }

    public Task<EngineStatus> Order(BreakerOrder order)
    {
        var now = time.GetUtcNow();
        _hasOrder = true;
        if (order.OpenFor is { } pause)
            _breaker.Hold(pause, now);
        else
            _breaker.Release();
        LogOrder(logger, this.GetPrimaryKeyString(), order.OpenFor?.TotalSeconds ?? 0);
        return Task.FromResult(StatusOf(mayTry: false, now));
    }

    public Task<SlotOutcome> Take(SlotRequest request)
    {
        var now = time.GetUtcNow();
        if (now < _settledAt)
            return Task.FromResult(SlotOutcome.NotYet);
        return Task.FromResult(_slots.TryTake(request.Silo, request.Slot, request.Limit, now) ? SlotOutcome.Taken : SlotOutcome.Full);
    }

    public Task Hold(string silo, ImmutableArray<long> slots)
    {
        _slots.Renew(silo, slots, time.GetUtcNow());
        return Task.CompletedTask;
    }

    EngineStatus StatusOf(bool mayTry, DateTimeOffset now) => new(_breaker.State, mayTry, _breaker.OpenFor(now), _breaker.Reason, _breaker.IsHeld);

    void Log(BreakerState before, DateTimeOffset now)
    {
        if (_breaker.State == BreakerState.Open && before != BreakerState.Open)
            LogOpen(logger, this.GetPrimaryKeyString(), _breaker.OpenFor(now).TotalSeconds, _breaker.Reason);
        else if (_breaker.State == BreakerState.Closed && before != BreakerState.Closed)
            LogClosed(logger, this.GetPrimaryKeyString());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Engine} fails ({Reason}): nobody uses it for {Seconds} s.")]
    static partial void LogOpen(ILogger logger, string engine, double seconds, FaultKind? reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An operator keeps everybody from using {Engine} for {Seconds} s; 0: lets everybody use it again.")]
    static partial void LogOrder(ILogger logger, string engine, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Engine} works again.")]
    static partial void LogClosed(ILogger logger, string engine);
}
