using System.Diagnostics;

namespace VoiceGrains.Tests.Faults.Running;

/// <summary>The one clock of a run: the cluster, its twin and the fault are timed by it.</summary>
sealed class RunClock
{
    readonly long _start = Stopwatch.GetTimestamp();

    public TimeSpan Now => Stopwatch.GetElapsedTime(_start);

    /// <summary>The time of a timestamp of <see cref="Stopwatch"/>.</summary>
    public TimeSpan At(long timestamp) => Stopwatch.GetElapsedTime(_start, timestamp);

    public async Task Until(TimeSpan due, CancellationToken cancellationToken)
    {
        if (due - Now is var wait && wait > TimeSpan.Zero)
            await Task.Delay(wait, TimeProvider.System, cancellationToken);
    }
}
