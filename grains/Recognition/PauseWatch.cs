using System.Runtime.InteropServices;
using VoiceGrains.Audio;

namespace VoiceGrains.Recognition;

/// <summary>
/// Notices that a speaker pauses long before a recognizer says so, and that they go on: by voice activity alone. What it says is a hint for drafts, never the end of
/// anything.
/// </summary>
sealed class PauseWatch
{
    // Shorter gaps are within words.
    const int StepsToPause = 12;
    const int StepsToResume = 6;
    static readonly TimeSpan Step = AudioFormat.TimeOf(VoiceActivity.Step);

    readonly VoiceActivity _activity = new();
    readonly short[] _step = new short[VoiceActivity.Step];
    int _filled;
    int _steps;

    /// <summary>Since when the speaker is silent, on the clock of the audio; null: they speak, or have not spoken yet.</summary>
    public TimeSpan? SilentSince { get; private set; }

    bool _hasSpoken;

    /// <summary>Takes audio that ends at a position. True: <see cref="SilentSince"/> is another than before.</summary>
    public bool Take(ReadOnlySpan<byte> audio, TimeSpan end)
    {
        var before = SilentSince;
        var samples = MemoryMarshal.Cast<byte, short>(audio);
        for (var at = 0; at < samples.Length;)
        {
            var count = Math.Min(samples.Length - at, _step.Length - _filled);
            samples.Slice(at, count).CopyTo(_step.AsSpan(_filled));
            (at, _filled) = (at + count, _filled + count);
            if (_filled == _step.Length)
                TakeStep(end - AudioFormat.TimeOf(samples.Length - at));
        }

        return SilentSince != before;
    }

    // Counts steps of speech while it is silent, and steps of silence while somebody speaks.
    void TakeStep(TimeSpan end)
    {
        _filled = 0;
        var isSpeech = _activity.Take(_step);
        var isSilent = SilentSince is not null || !_hasSpoken;
        _steps = isSpeech == isSilent ? _steps + 1 : 0;
        if (isSilent && _steps >= StepsToResume)
            (SilentSince, _hasSpoken, _steps) = (null, true, 0);
        else if (!isSilent && _steps >= StepsToPause)
            (SilentSince, _steps) = (end - (StepsToPause * Step), 0);
    }
}
