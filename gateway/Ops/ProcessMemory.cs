using System.Collections.Immutable;
using VoiceGrains.Operations;

namespace VoiceGrains.Gateway.Ops;

/// <summary>
/// Processes that this gateway has seen. The grain that takes the reports may have been on the very silo that died, and its next activation knows nothing of that: then whoever
/// is not named any more is still named here, as lost. Not thread-safe.
/// </summary>
sealed class ProcessMemory(TimeProvider time)
{
    // As long as the grain itself waits, and names them.
    static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LostFor = TimeSpan.FromMinutes(10);
    static readonly TimeSpan EndedFor = TimeSpan.FromMinutes(1);

    readonly Dictionary<string, (ProcessStatus Status, DateTimeOffset HeardAt)> _seen = [];

    /// <summary>The figures, with those who should be in them.</summary>
    public ClusterFigures Complete(ClusterFigures figures)
    {
        var now = time.GetUtcNow();
        foreach (var process in figures.Processes)
            _seen[process.Process.Instance] = (process, now - process.SilentFor);
        var named = figures.Processes.Select(static process => process.Process.Instance).ToHashSet();
        foreach (var (instance, (status, heardAt)) in _seen.ToList())
        {
            if (!named.Contains(instance) && IsForgotten(status, now - heardAt, figures))
                _seen.Remove(instance);
        }

        var missing = _seen.Values.Where(seen => !named.Contains(seen.Status.Process.Instance)).Select(seen => As(seen.Status, now - seen.HeardAt)).ToList();
        return missing.Count == 0
            ? figures
            : figures with { Processes = [.. figures.Processes.Concat(missing).OrderBy(static process => process.Process.Kind).ThenBy(static process => process.Process.Name, StringComparer.Ordinal)] };
    }

    static bool IsForgotten(ProcessStatus status, TimeSpan silence, ClusterFigures figures) =>
        silence > (StateAfter(status, silence) == ProcessState.Ended ? EndedFor : LostFor)
        || figures.Processes.Any(other => other.Process.Name == status.Process.Name && other.Process.Kind == status.Process.Kind && other.Process.StartedAt > status.Process.StartedAt);

    static ProcessStatus As(ProcessStatus status, TimeSpan silence) => status with { State = StateAfter(status, silence), SilentFor = silence };

    // Who was being drained and is gone has ended.
    static ProcessState StateAfter(ProcessStatus status, TimeSpan silence) => status.State switch
    {
        ProcessState.Alive when silence > SilenceLimit => ProcessState.Lost,
        ProcessState.Draining when silence > SilenceLimit => ProcessState.Ended,
        var state => state,
    };
}
