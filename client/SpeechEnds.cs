using System.Runtime.InteropServices;
using VoiceGrains.Audio;

namespace VoiceGrains.Client;

/// <summary>Where speech ends in a recording, to measure how long an answer takes from there.</summary>
static class SpeechEnds
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Ends of the stretches of speech in PCM, 16 bit, mono, 16 kHz; a pause of 200 ms ends one.</summary>
    public static IReadOnlyList<TimeSpan> Find(byte[] audio)
    {
        var activity = new VoiceActivity();
        var samples = MemoryMarshal.Cast<byte, short>(audio);
        var ends = new List<TimeSpan>();
        TimeSpan? last = null;
        for (var at = 0; at + VoiceActivity.Step <= samples.Length; at += VoiceActivity.Step)
        {
            var now = AudioFormat.TimeOf(at + VoiceActivity.Step);
            if (activity.Take(samples.Slice(at, VoiceActivity.Step)))
            {
                last = now;
            }
            else if (last is { } end && now - end >= Pause)
            {
                ends.Add(end);
                last = null;
            }
        }

        if (last is { } final)
            ends.Add(final);
        return ends;
    }
}
