using System.Runtime.InteropServices;

namespace VoiceGrains.Tests.Unit.Audio;

/// <summary>A sine to send through audio code, and to find again in what comes out.</summary>
static class Tone
{
    public static short[] Of(double hertz, int sampleRate, TimeSpan duration, double amplitude = 10_000)
    {
        var samples = new short[(int)(duration.TotalSeconds * sampleRate)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)Math.Round(amplitude * Math.Sin(2 * Math.PI * hertz * i / sampleRate));
        return samples;
    }

    /// <summary>How loud one frequency is in the samples, as the amplitude of its sine (one bin of a Fourier transform).</summary>
    public static double AmplitudeAt(double hertz, int sampleRate, ReadOnlySpan<short> samples)
    {
        double real = 0, imaginary = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * hertz * i / sampleRate);
            real += samples[i] * cosine;
            imaginary += samples[i] * sine;
        }

        return 2 * Math.Sqrt((real * real) + (imaginary * imaginary)) / samples.Length;
    }

    /// <summary>Amplitude that a sine of the same energy would have.</summary>
    public static double Amplitude(ReadOnlySpan<short> samples)
    {
        double energy = 0;
        foreach (var sample in samples)
            energy += (double)sample * sample;
        return Math.Sqrt(2 * energy / samples.Length);
    }

    public static byte[] Bytes(ReadOnlySpan<short> samples) => MemoryMarshal.AsBytes(samples).ToArray();

    public static short[] Samples(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, short>(bytes).ToArray();
}
