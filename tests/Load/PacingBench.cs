using System.Diagnostics;
using System.Runtime.InteropServices;
using VoiceGrains.Audio;

namespace VoiceGrains.Tests.Load;

/// <summary>What it costs to make speech faster, beside a copy and the resampler in the same run: a minute of audio in chunks of 200 ms, the best of many rounds.</summary>
sealed class PacingBench(TextWriter output)
{
    const int Chunk = 6_400;
    const int Seconds = 60;
    const int Rounds = 15;

    readonly byte[] _audio = Speech(new Random(20_261_121));

    public int Run()
    {
        using var resampler = new Resampler(16_000, 48_000);
        var (unchanged, slightly, fastest, trim) = (new TimeStretch(), new TimeStretch(), new TimeStretch(), new SilenceTrim());
        output.WriteLine($"{Seconds} s of audio in chunks of 200 ms, best of {Rounds} rounds:");
        var resampled = Row("resampler, 16 to 48 kHz", null, chunk => resampler.Resample(MemoryMarshal.Cast<byte, short>(chunk)).Length);
        Row("copy", resampled, static chunk => chunk.ToArray().Length);
        Row("tempo 1", resampled, chunk => unchanged.Apply(chunk, 1).Length);
        Row("tempo 1.05", resampled, chunk => slightly.Apply(chunk, 1.05).Length);
        var slowest = Row("tempo 1.25", resampled, chunk => fastest.Apply(chunk, 1.25).Length);
        Row("silences", resampled, chunk => trim.Apply(chunk).Length);
        return slowest <= 0.01 ? 0 : 1;
    }

    delegate int Work(ReadOnlySpan<byte> chunk);

    // The share of one core for one stream in real time.
    double Row(string what, double? resampled, Work work)
    {
        var (best, sum) = (TimeSpan.MaxValue, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var at = 0; at < _audio.Length; at += Chunk)
                sum += work(_audio.AsSpan(at, Chunk));
            best = Stopwatch.GetElapsedTime(start) is var took && took < best ? took : best;
        }

        var share = best.TotalSeconds / Seconds;
        output.WriteLine($"  {what,-26}{share * 100,9:0.0000} % of a core{share / (resampled ?? share),9:0.000} of the resampler{sum / Rounds,12} out");
        return share;
    }

    // Vowels of a gliding pitch, hissing and silences.
    static byte[] Speech(Random random)
    {
        var (samples, phase) = (new short[Seconds * 16_000], 0.0);
        for (var at = 0; at < samples.Length; at += 3_200)
        {
            var (kind, pitch, glide) = (random.Next(4), 80 + (170 * random.NextDouble()), random.NextDouble() - 0.5);
            for (var i = 0; i < 3_200; i++)
            {
                phase += 2 * Math.PI * pitch * (1 + (glide * i / 3_200)) / 16_000;
                samples[at + i] = (short)(kind switch
                {
                    0 => 0,
                    1 => ((random.NextDouble() * 2) - 1) * 1_500,
                    _ => 5_000 * (Math.Sin(phase) + (0.6 * Math.Sin(2 * phase)) + (0.4 * Math.Sin(5 * phase))),
                });
            }
        }

        return MemoryMarshal.AsBytes(samples.AsSpan()).ToArray();
    }
}
