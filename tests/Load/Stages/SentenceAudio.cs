using VoiceGrains.Silo.Engines.Scripted;

namespace VoiceGrains.Tests.Load.Stages;

/// <summary>The words of a sentence of 1.5 s, each as long as a frame; all streams share them.</summary>
sealed class SentenceAudio
{
    static readonly TimeSpan Length = TimeSpan.FromSeconds(1.5);

    public SentenceAudio(TimeSpan frame)
    {
        var samples = (int)(frame.TotalSeconds * 16_000);
        Frame = frame;
        Words = [.. Enumerable.Range(1, (int)(Length / frame)).Select(number => ScriptedAudio.Encode([$"word{number}"], samples))];
        Silence = new byte[samples * 2];
    }

    public TimeSpan Frame { get; }

    public IReadOnlyList<byte[]> Words { get; }

    public byte[] Silence { get; }
}
