using System.Runtime.InteropServices;

namespace VoiceGrains.Audio;

/// <summary>Brings a stream of audio from one format to another. Keeps state between calls. Not thread-safe.</summary>
public sealed class AudioConverter(AudioFormat from, AudioFormat to) : IDisposable
{
    readonly Resampler? _resampler = from.SampleRate == to.SampleRate ? null : new Resampler(from.SampleRate, to.SampleRate);

    /// <summary>Whether this machine can convert between the two: other rates need libspeexdsp1.</summary>
    public static bool CanConvert(AudioFormat from, AudioFormat to) => from.SampleRate == to.SampleRate || Resampler.IsAvailable;

    public byte[] Convert(ReadOnlySpan<byte> audio)
    {
        if (from == to)
            return audio.ToArray();
        var samples = from.Coding == Coding.MuLaw ? Decode(audio) : MemoryMarshal.Cast<byte, short>(audio);
        if (_resampler is not null)
            samples = _resampler.Resample(samples);
        return to.Coding == Coding.MuLaw ? Encode(samples) : MemoryMarshal.AsBytes(samples).ToArray();
    }

    public void Dispose() => _resampler?.Dispose();

    static ReadOnlySpan<short> Decode(ReadOnlySpan<byte> codes)
    {
        var samples = new short[codes.Length];
        for (var i = 0; i < codes.Length; i++)
            samples[i] = MuLaw.Decode(codes[i]);
        return samples;
    }

    static byte[] Encode(ReadOnlySpan<short> samples)
    {
        var codes = new byte[samples.Length];
        for (var i = 0; i < samples.Length; i++)
            codes[i] = MuLaw.Encode(samples[i]);
        return codes;
    }
}
