using VoiceGrains.Silo.Engines.Scripted;

namespace VoiceGrains.Tests.Load;

/// <summary>
/// What everybody says all the time: a sentence of 1.5 s, then a pause of 1 s, again and again. Cut into frames once, for all.
/// </summary>
sealed class Speech
{
    // The scripted recognizer ends a segment after this much silence.
    static readonly TimeSpan EndPause = TimeSpan.FromMilliseconds(200);
    static readonly string[] Words = [.. Enumerable.Range(1, 15).Select(static number => $"word{number}")];

    readonly byte[][] _frames;
    readonly int _decisive;

    public Speech(TimeSpan frame)
    {
        byte[] audio = [.. ScriptedAudio.Encode(Words), .. ScriptedAudio.Silence(TimeSpan.FromSeconds(1))];
        var bytes = (int)(frame.TotalSeconds * 32_000);
        // Whole frames only, so that each round is the same.
        Array.Resize(ref audio, (audio.Length + bytes - 1) / bytes * bytes);
        _frames = [.. audio.Chunk(bytes)];
        _decisive = (int)Math.Ceiling((1.5 + EndPause.TotalSeconds) / frame.TotalSeconds) - 1;
    }

    /// <summary>The audio of a frame, by its number from 0.</summary>
    public byte[] Frame(long number) => _frames[number % _frames.Length];

    /// <summary>Which sentence the frame belongs to, from 1, if it is the one after which the recognizer knows that the sentence is over; else 0.</summary>
    public int SentenceEndedBy(long number) => number % _frames.Length == _decisive ? (int)(number / _frames.Length) + 1 : 0;
}
