using VoiceGrains.Audio;
using VoiceGrains.Tests.Unit.Audio;

namespace VoiceGrains.Tests.Unit.Voices;

/// <summary>Recordings of somebody who hums instead of speaking: 0.8 s of tone, 0.2 s of silence, again and again.</summary>
static class SpokenSample
{
    /// <summary>About -20 dB.</summary>
    public const double Usual = 4_600;

    public static byte[] Of(double seconds, double amplitude = Usual, int rate = 16_000, double pauses = 0.2)
    {
        var samples = new List<short>();
        while (samples.Count < seconds * rate)
        {
            samples.AddRange(Tone.Of(220, rate, TimeSpan.FromSeconds(1 - pauses), amplitude));
            samples.AddRange(new short[(int)(pauses * rate)]);
        }

        return Wav([.. samples.Take((int)(seconds * rate))], rate);
    }

    /// <summary>90 s with 72 s of speech.</summary>
    public static byte[] Good { get; } = Of(90);

    /// <summary>Somebody says that they agree.</summary>
    public static byte[] Consent { get; } = Of(6, rate: 8_000);

    public static byte[] Wav(short[] samples, int rate = 16_000)
    {
        using var file = new MemoryStream();
        WavFile.Write(file, rate, Tone.Bytes(samples));
        return file.ToArray();
    }
}
