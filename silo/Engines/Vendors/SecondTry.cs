using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Vendors;

/// <summary>Decides whether a request that failed before anything came of it is made once more.</summary>
sealed class SecondTry(VendorDeadlines deadlines, TimeProvider time)
{
    // A connection that was reset by a proxy that restarts is answered by the next one.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    readonly long _startedAt = time.GetTimestamp();
    bool _wasMade;

    /// <summary>What is left of the time for everything.</summary>
    public TimeSpan Left => deadlines.Whole - time.GetElapsedTime(_startedAt);

    /// <summary>
    /// Whether to try again after the pause. No: it was tried twice, it would fail the same way, or the vendor asks for more patience than there is time.
    /// </summary>
    public bool IsWorthIt(EngineFaultException fault, out TimeSpan pause)
    {
        pause = fault.RetryAfter is { } asked && asked > Pause ? asked : Pause;
        if (_wasMade || !fault.IsRetryable || pause + Shortest(deadlines.First) > Left)
            return false;
        return _wasMade = true;
    }

    // With less than half of the usual time a second try is only a delay for the next engine.
    static TimeSpan Shortest(TimeSpan first) => first / 2;
}
