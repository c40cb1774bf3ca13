using System.Diagnostics.Metrics;
using VoiceGrains.Audio;

namespace VoiceGrains.Silo.Engines.Scripted;

/// <summary>
/// Holds a session to the pace that vendors hold it to: audio beyond it is refused, and must be offered again. Who goes on with other audio instead has
/// lost the refused one: that is counted as <c>voicegrains_scripted_violations_total</c>.
/// </summary>
sealed class AudioPace(double speed, TimeProvider time)
{
    static readonly Meter Meter = new("VoiceGrains");
    static readonly Counter<long> Violations = Meter.CreateCounter<long>(
        "voicegrains_scripted_violations_total", null, "Audio that a scripted recognizer refused and that was not offered again.");

    readonly long _openedAt = time.GetTimestamp();
    TimeSpan _taken;
    byte[]? _refused;

    /// <summary>False: too fast, nothing was taken.</summary>
    public bool TryTake(ReadOnlyMemory<byte> audio)
    {
        if (_refused is { } refused && !audio.Span.StartsWith(refused) && !refused.AsSpan().StartsWith(audio.Span))
            Violations.Add(1);
        var after = _taken + AudioFormat.Cluster.DurationOf(audio.Length);
        if (speed > 0 && after > ScriptedOptions.StartAllowance + (time.GetElapsedTime(_openedAt) * speed))
        {
            _refused = audio.ToArray();
            return false;
        }

        (_taken, _refused) = (after, null);
        return true;
    }
}
