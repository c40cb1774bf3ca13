using System.Runtime.InteropServices;
using VoiceGrains.Silo.Engines.Scripted;

namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>A word that was heard, in seconds of this connection's audio.</summary>
readonly record struct HeardWord(string Text, double Start, double End);

/// <summary>The audio of one connection: what came of it, which words are in it, and where it is silent. Counts from its first sample.</summary>
sealed class HeardAudio(DeepgramManners manners, TimeProvider time, double sampleRate)
{
    // What may come at once, at the start and after a pause: a network's bunch, not a replay.
    const double StartAllowance = 1;
    const double LargestAllowance = 5;
    const double PauseBeforeSpeech = 0.1;

    readonly ScriptedAudio.Reader _reader = new();
    readonly List<byte> _rest = [];
    double _allowed = StartAllowance;
    long _since = time.GetTimestamp();

    /// <summary>Seconds that were heard.</summary>
    public double Position => _reader.Position / sampleRate;

    /// <summary>Seconds since the last sound.</summary>
    public double Silence => _reader.Silence / sampleRate;

    /// <summary>Everything before it is heard whole; a word may have begun there.</summary>
    public double Settled => _reader.Settled / sampleRate;

    /// <summary>Whether anything has come.</summary>
    public bool HasAudio { get; private set; }

    /// <summary>Takes what came. False: it came faster than the vendor takes a replay (Deepgram docs, recovering from connection errors), and is lost.</summary>
    public bool TryTake(byte[] audio)
    {
        HasAudio = true;
        var now = time.GetTimestamp();
        _allowed = Math.Min(LargestAllowance, _allowed + (time.GetElapsedTime(_since, now).TotalSeconds * manners.Speed));
        _since = now;
        var seconds = audio.Length / 2 / sampleRate;
        if (seconds > _allowed)
            return false;
        _allowed -= seconds;
        _rest.AddRange(audio);
        return true;
    }

    /// <summary>Hears the next piece of what came. False: less than that is there.</summary>
    /// <param name="seconds">Zero: all that is there.</param>
    /// <param name="words">Words that became whole with it.</param>
    /// <param name="speechBegan">Where somebody began to speak in it; null: nobody did.</param>
    public bool Hear(double seconds, out IReadOnlyList<HeardWord> words, out double? speechBegan)
    {
        (words, speechBegan) = ([], null);
        var bytes = seconds > 0 ? (int)(seconds * sampleRate) * 2 : _rest.Count & ~1;
        if (bytes == 0 || _rest.Count < bytes)
            return false;
        var samples = MemoryMarshal.Cast<byte, short>(_rest.GetRange(0, bytes).ToArray());
        _rest.RemoveRange(0, bytes);
        var first = samples.IndexOfAnyExcept((short)0);
        if (first >= 0 && (Position == 0 || Silence + (first / sampleRate) >= PauseBeforeSpeech))
            speechBegan = Position + (first / sampleRate);
        _reader.Take(samples);
        words = [.. _reader.Words.Select(word => new HeardWord(word.Text, word.Start / sampleRate, word.End / sampleRate))];
        _reader.Words.Clear();
        return true;
    }
}
