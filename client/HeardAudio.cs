using VoiceGrains.Audio;

namespace VoiceGrains.Client;

/// <summary>What a listener heard, laid out in time: each clause begins when its first chunk arrived, or after the clause before it.</summary>
public sealed class HeardAudio
{
    readonly MemoryStream _audio = new();

    /// <summary>How much of it is speech.</summary>
    public TimeSpan Speech { get; private set; }

    /// <summary>Adds audio (PCM, 16 bit, mono, 16 kHz) that arrived at a time since the start.</summary>
    public void Add(TimeSpan arrivedAt, ReadOnlySpan<byte> audio)
    {
        var at = (long)(arrivedAt.TotalSeconds * 16_000) * 2;
        if (at > _audio.Length)
            _audio.Write(new byte[at - _audio.Length]);
        _audio.Write(audio);
        Speech += AudioFormat.Cluster.DurationOf(audio.Length);
    }

    public byte[] ToArray() => _audio.ToArray();
}
