namespace VoiceGrains.Engines.Health;

/// <summary>
/// Keeps calls away from an engine that fails. Opens when at least <see cref="BreakerRules.FewestFailures"/> of the calls within <see cref="Window"/> failed and they are half
/// of them or more; at once, and for longer, when the account is refused or used up; for as long as the vendor asks when it limits the rate. After the pause one
/// call is let through, and decides. What the engine can't do at all (<see cref="FaultKind.BadRequest"/>), or was never asked (<see cref="FaultKind.NoPlace"/>), says
/// nothing about its health. Not thread-safe.
/// </summary>
sealed class Breaker(BreakerRules rules)
{
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>A probe that says nothing for so long has failed: its silo may be gone.</summary>
    public static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(15);

    readonly Queue<(DateTimeOffset At, int Failures, int Calls)> _recent = new();
    TimeSpan _pause = FirstPause;
    DateTimeOffset _openUntil;
    DateTimeOffset? _probeUntil;

    public BreakerState State { get; private set; }

    /// <summary>Why it is open; null: it is not.</summary>
    public FaultKind? Reason { get; private set; }

    /// <summary>Whether an operator opened it: then nothing but time or an operator ends that.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>How long it stays open from now on.</summary>
    public TimeSpan OpenFor(DateTimeOffset now) => State == BreakerState.Open && _openUntil > now ? _openUntil - now : TimeSpan.Zero;

    /// <summary>An operator opens it for a while.</summary>
    public void Hold(TimeSpan pause, DateTimeOffset now)
    {
        (State, Reason, _openUntil, _probeUntil, IsHeld) = (BreakerState.Open, null, now + pause, null, true);
        _recent.Clear();
    }

    /// <summary>An operator closes it.</summary>
    public void Release() => Close();

    /// <summary>Calls went well.</summary>
    public void Succeed(int calls, DateTimeOffset now)
    {
        if (calls == 0)
            return;
        if (State == BreakerState.HalfOpen)
            Close();
        else if (State == BreakerState.Closed)
            Note(0, calls, now);
    }

    /// <summary>A call failed.</summary>
    public void Fail(FaultKind kind, TimeSpan? retryAfter, DateTimeOffset now)
    {
        // Whoever was to try it has not: the next may.
        if (kind == FaultKind.NoPlace)
            _probeUntil = null;
        if (kind is FaultKind.BadRequest or FaultKind.NoPlace)
            return;
        if (State == BreakerState.Open)
            return;
        if (State == BreakerState.HalfOpen)
        {
            _pause = Longer(_pause);
            Open(kind, Max(_pause, retryAfter), now);
            return;
        }

        Note(1, 1, now);
        if (kind is FaultKind.Auth or FaultKind.Quota)
            Open(kind, LongestPause, now);
        else if (kind == FaultKind.RateLimited && retryAfter is { } asked)
            Open(kind, asked < LongestPause ? asked : LongestPause, now);
        else if (_recent.Sum(static each => each.Failures) is var failures && failures >= rules.FewestFailures && failures * 2 >= _recent.Sum(static each => each.Calls))
            Open(kind, _pause, now);
    }

    /// <summary>Somebody wants to use it. True while it is closed; while it is half open for one at a time.</summary>
    public bool MayTry(DateTimeOffset now)
    {
        if (State == BreakerState.Closed)
            return true;
        if (State == BreakerState.Open && now >= _openUntil)
            (State, _probeUntil, IsHeld) = (BreakerState.HalfOpen, null, false);
        if (State == BreakerState.Open || (_probeUntil is { } until && now < until))
            return false;
        _probeUntil = now + ProbeLimit;
        return true;
    }

    static TimeSpan Max(TimeSpan one, TimeSpan? other) => other is { } asked && asked > one ? (asked < LongestPause ? asked : LongestPause) : one;

    static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    void Note(int failures, int calls, DateTimeOffset now)
    {
        while (_recent.TryPeek(out var oldest) && oldest.At < now - Window)
            _recent.Dequeue();
        _recent.Enqueue((now, failures, calls));
    }

    void Open(FaultKind kind, TimeSpan pause, DateTimeOffset now)
    {
        (State, Reason, _openUntil, _probeUntil) = (BreakerState.Open, kind, now + pause, null);
        _recent.Clear();
    }

    void Close()
    {
        (State, Reason, _pause, _probeUntil, IsHeld) = (BreakerState.Closed, null, FirstPause, null, false);
        _recent.Clear();
    }
}

/// <summary>When a breaker opens.</summary>
/// <param name="FewestFailures">So many calls must have failed within 10 s. Default: 5.</param>
public sealed record BreakerRules(int FewestFailures = 5);
