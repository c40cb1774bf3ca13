using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Vendors;

/// <summary>
/// Ends a request that makes no progress. The vendors' clients don't: one waits 10 minutes for headers and for ever within a body. Counts only while
/// somebody waits for the vendor, never while the vendor waits for us.
/// </summary>
sealed class Watchdog : IDisposable
{
    readonly CancellationTokenSource _bite;
    readonly CancellationToken _caller;
    readonly ITimer _timer;
    volatile bool _hasBitten;

    public Watchdog(TimeProvider time, CancellationToken caller)
    {
        _caller = caller;
        _bite = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _timer = time.CreateTimer(static dog => ((Watchdog)dog!).Bite(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends everything that belongs to the request, also when its caller does.</summary>
    public CancellationToken Token => _bite.Token;

    /// <summary>From now on something must happen within the limit.</summary>
    public void Expect(TimeSpan limit) => _timer.Change(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    /// <summary>It happened.</summary>
    public void Rest() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>
    /// What an exception out of the request means: the caller's own cancellation, no progress, or the fault that <paramref name="otherwise"/> makes of it.
    /// </summary>
    public Exception Explain(Exception error, string engine, string? requestId, Func<Exception, EngineFaultException> otherwise)
    {
        if (_caller.IsCancellationRequested)
            return error as OperationCanceledException ?? new OperationCanceledException(_caller);
        return _hasBitten
            ? new EngineFaultException(engine, FaultKind.Stalled, "Nothing came within the limit.") { RequestId = requestId }
            : otherwise(error);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _bite.Dispose();
    }

    void Bite()
    {
        _hasBitten = true;
        try
        {
            _bite.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The request ended in the same moment.
        }
    }
}
