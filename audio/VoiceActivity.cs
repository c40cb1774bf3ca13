using System.Runtime.InteropServices;

namespace VoiceGrains.Audio;

/// <summary>
/// Tells speech from silence in 16 kHz audio, by energy over a noise floor that follows the room, with hysteresis: speech begins at
/// <see cref="StartOver"/> above the floor for 30 ms and goes on until it stays below <see cref="StayOver"/>. Not thread-safe.
/// </summary>
public sealed class VoiceActivity
{
    /// <summary>Samples in one step, 10 ms.</summary>
    public const int Step = 160;

    const double StartOver = 12;
    const double StayOver = 7;
    const double Quietest = -58;
    const double LoudestFloor = -30;
    const int StepsToStart = 3;

    double _floor = Quietest;
    int _loudSteps;

    /// <summary>Whether the newest step belongs to speech, without any hangover.</summary>
    public bool IsSpeech { get; private set; }

    /// <summary>Takes one step of samples and says whether it is speech.</summary>
    public bool Take(ReadOnlySpan<short> step)
    {
        var level = Level(step);
        Follow(level);
        if (IsSpeech)
            IsSpeech = level > _floor + StayOver;
        else
            IsSpeech = (_loudSteps = level > _floor + StartOver ? _loudSteps + 1 : 0) >= StepsToStart;
        if (IsSpeech)
            _loudSteps = 0;
        return IsSpeech;
    }

    /// <summary>Level in dB relative to full scale; digital silence is -96.</summary>
    public static double Level(ReadOnlySpan<short> samples)
    {
        double energy = 0;
        foreach (var sample in samples)
            energy += (double)sample * sample;
        return samples.Length == 0 || energy == 0 ? -96 : Math.Max(-96, 10 * Math.Log10(energy / samples.Length / (32_768.0 * 32_768.0)));
    }

    /// <summary>Level of raw bytes.</summary>
    public static double Level(ReadOnlySpan<byte> audio) => Level(MemoryMarshal.Cast<byte, short>(audio));

    // The floor falls at once-ish and rises slowly: a word must not lift it, a fan that starts must within seconds.
    void Follow(double level)
    {
        var rate = level < _floor ? 0.2 : IsSpeech ? 0.0005 : 0.01;
        _floor = Math.Clamp(_floor + (rate * (level - _floor)), Quietest, LoudestFloor);
    }
}
