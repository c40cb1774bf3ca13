using System.Diagnostics.CodeAnalysis;

namespace VoiceGrains.Audio;

/// <summary>How samples are written.</summary>
public enum Coding
{
    /// <summary>16 bit signed little endian.</summary>
    Pcm16,

    /// <summary>8 bit mu-law (ITU-T G.711).</summary>
    MuLaw,
}

/// <summary>One of the formats that a connection may use, always mono. Inside the cluster all audio is <see cref="Cluster"/>.</summary>
public sealed record AudioFormat(string Name, Coding Coding, int SampleRate)
{
    /// <summary>16 kHz: what recognizers want and what synthesizers are brought to.</summary>
    public static AudioFormat Cluster { get; } = new("pcm16", Coding.Pcm16, 16_000);

    /// <summary>All formats by name.</summary>
    public static IReadOnlyList<AudioFormat> All { get; } =
    [
        Cluster,
        new("pcm8", Coding.Pcm16, 8_000),
        new("pcm24", Coding.Pcm16, 24_000),
        new("pcm48", Coding.Pcm16, 48_000),
        new("mulaw8", Coding.MuLaw, 8_000),
    ];

    /// <summary>When a sample of <see cref="Cluster"/> audio is played. Exact: 625 ticks each.</summary>
    public static TimeSpan TimeOf(long samples) => TimeSpan.FromTicks(samples * (TimeSpan.TicksPerSecond / 16_000));

    /// <summary>Bytes in one second.</summary>
    public int BytesPerSecond => SampleRate * (Coding == Coding.Pcm16 ? 2 : 1);

    public static bool TryParse(string? name, [NotNullWhen(true)] out AudioFormat? format)
    {
        format = All.FirstOrDefault(known => known.Name == name);
        return format is not null;
    }

    /// <summary>How long this many bytes play.</summary>
    public TimeSpan DurationOf(int bytes) => TimeSpan.FromTicks(bytes * TimeSpan.TicksPerSecond / BytesPerSecond);
}
