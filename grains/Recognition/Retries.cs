using VoiceGrains.Engines;

namespace VoiceGrains.Recognition;

/// <summary>When a participant may try an engine again that failed them: later each time, so that an engine that can't start does not keep the machine busy.</summary>
sealed class Retries(TimeProvider time)
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    readonly Dictionary<IRecognizer, (TimeSpan Pause, DateTimeOffset DueAt)> _failed = [];

    public bool IsDue(IRecognizer engine) => !_failed.TryGetValue(engine, out var failed) || failed.DueAt <= time.GetUtcNow();

    public void Succeed(IRecognizer engine) => _failed.Remove(engine);

    public void Fail(IRecognizer engine, EngineFaultException fault)
    {
        // Asking again does not help, unless somebody mends what is wrong.
        var pause = !fault.IsRetryable ? LongestPause : _failed.TryGetValue(engine, out var before) ? Longer(before.Pause) : FirstPause;
        _failed[engine] = (pause, time.GetUtcNow() + pause);
    }

    static TimeSpan Longer(TimeSpan pause) => pause * 2 > LongestPause ? LongestPause : pause * 2;
}
