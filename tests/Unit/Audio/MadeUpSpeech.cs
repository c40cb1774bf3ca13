namespace VoiceGrains.Tests.Unit.Audio;

/// <summary>Something like speech: vowels of a gliding pitch, hissing, closures and silences. The same for the same seed.</summary>
static class MadeUpSpeech
{
    const int Rate = 16_000;

    public static short[] Of(int seed, double seconds = 1.5)
    {
        var random = new Random(seed);
        var samples = new List<short>();
        while (samples.Count < seconds * Rate)
        {
            samples.AddRange(random.Next(4) switch
            {
                0 or 1 => Vowel(random),
                2 => Noise(random, 1_500),
                _ => Noise(random, random.Next(2) * 40),
            });
        }

        return [.. samples.Take((int)(seconds * Rate))];
    }

    static IEnumerable<short> Vowel(Random random)
    {
        var (pitch, glide, phase) = (80 + (170 * random.NextDouble()), random.NextDouble() - 0.5, 0.0);
        for (var (i, length) = (0, random.Next(800, 4_000)); i < length; i++)
        {
            phase += 2 * Math.PI * pitch * (1 + (glide * i / length)) / Rate;
            var loudness = Math.Sin(Math.PI * i / length) * 5_000;
            yield return (short)(loudness * (Math.Sin(phase) + (0.6 * Math.Sin(2 * phase)) + (0.4 * Math.Sin(5 * phase))));
        }
    }

    static IEnumerable<short> Noise(Random random, double loudness)
    {
        for (var (i, length) = (0, random.Next(300, 4_000)); i < length; i++)
            yield return (short)(((random.NextDouble() * 2) - 1) * loudness);
    }
}
