namespace VoiceGrains.Engines.Health;

/// <summary>An engine that the whole cluster uses: holds the last answer of its breaker, and what is still to be told to it.</summary>
/// <param name="hasNews">Called when something is to be told at once.</param>
sealed class SharedHealth(IEngineHealthGrain breaker, TimeProvider time, Action hasNews)
{
    // More say nothing new: the breaker opens at a few.
    const int MostFailures = 50;
    static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(2);

    // Who has nothing to tell asks nevertheless: an operator may have opened or closed the breaker.
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    static readonly TimeSpan RecentFor = TimeSpan.FromMinutes(1);
    const int MostRecent = 1_000;

    readonly Lock _gate = new();
    readonly List<EngineFailure> _failures = [];
    readonly Queue<DateTimeOffset> _recent = new();
    EngineStatus _status = new(BreakerState.Closed, MayTry: false, TimeSpan.Zero, null);
    DateTimeOffset _toldAt = time.GetUtcNow();
    int _successes;
    bool _isReporting;
    bool _wants;
    bool _isOpen;
    DateTimeOffset _openUntil;

    // The one call that tries whether the engine has recovered is ours until then.
    DateTimeOffset _turnUntil;

    /// <summary>What was heard of the breaker last, and how often the engine failed here in the last minute.</summary>
    public (EngineStatus Status, int Failures) Look()
    {
        lock (_gate)
        {
            Forget_NeedsLock();
            return (_status with { OpenFor = LeftOpen_NeedsLock() }, _recent.Count);
        }
    }

    public bool MayTry()
    {
        lock (_gate)
        {
            if (!_isOpen)
                return true;
            var now = time.GetUtcNow();
            if (now < _openUntil)
                return false;
            if (now < _turnUntil)
            {
                _turnUntil = default;
                return true;
            }

            // Nobody waits for the answer: another engine is used meanwhile.
            if (_wants)
                return false;
            _wants = true;
        }

        hasNews();
        return false;
    }

    public void Succeeded()
    {
        lock (_gate)
        {
            _successes++;
            if (!_isOpen)
                return;
        }

        hasNews();
    }

    public void Failed(EngineFaultException fault)
    {
        lock (_gate)
        {
            // It says nothing, but whoever was to try the engine has not.
            if (fault.Kind == FaultKind.NoPlace && !_isOpen)
                return;
            if (_recent.Count < MostRecent)
                _recent.Enqueue(time.GetUtcNow());
            if (_failures.Count < MostFailures)
                _failures.Add(new EngineFailure(fault.Kind, fault.RetryAfter));
        }

        hasNews();
    }

    /// <summary>Tells the breaker what happened, if anything did. Never throws.</summary>
    public async Task Report()
    {
        EngineReport report;
        lock (_gate)
        {
            var isDue = time.GetUtcNow() - _toldAt >= LookEvery;
            if (_isReporting || (_successes == 0 && _failures.Count == 0 && !_wants && !isDue))
                return;
            report = new EngineReport(_successes, [.. _failures], _wants, _status.IsHeld && LeftOpen_NeedsLock() is var held && held > TimeSpan.Zero ? held : null);
            _toldAt = time.GetUtcNow();
            _isReporting = true;
            _successes = 0;
            _failures.Clear();
        }

        EngineStatus? status = null;
        try
        {
            status = await breaker.Report(report).WaitAsync(CallLimit, time);
        }
        catch (Exception)
        {
            // The grain is on its way to another silo: what was last known counts, and this is told again.
        }

        lock (_gate)
        {
            _isReporting = false;
            if (status is null)
                Restore_NeedsLock(report);
            else
                Take_NeedsLock(status, report.WantsToTry);
        }
    }

    TimeSpan LeftOpen_NeedsLock() => _isOpen && _openUntil - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    void Forget_NeedsLock()
    {
        while (_recent.TryPeek(out var oldest) && time.GetUtcNow() - oldest > RecentFor)
            _recent.Dequeue();
    }

    void Restore_NeedsLock(EngineReport report)
    {
        _successes += report.Successes;
        _failures.InsertRange(0, report.Failures);
        if (_failures.Count > MostFailures)
            _failures.RemoveRange(MostFailures, _failures.Count - MostFailures);
    }

    void Take_NeedsLock(EngineStatus status, bool hasAsked)
    {
        var now = time.GetUtcNow();
        _status = status;
        _isOpen = status.State != BreakerState.Closed;
        _openUntil = now + status.OpenFor;
        if (!hasAsked)
            return;
        _wants = false;
        if (status is { State: BreakerState.HalfOpen, MayTry: true })
            _turnUntil = now + Breaker.ProbeLimit;
    }
}
