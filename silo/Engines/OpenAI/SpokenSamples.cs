using System.Runtime.InteropServices;
using VoiceGrains.Audio;

namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>Makes 16 kHz of OpenAI's 24 kHz. Pieces may end within a sample: what is left over waits for the next one.</summary>
sealed class SpokenSamples : IDisposable
{
    const int VendorRate = 24_000;

    readonly Resampler _resampler = new(VendorRate, AudioFormat.Cluster.SampleRate);
    byte? _half;
    long _taken;

    /// <summary>Whether there was audio, and all of it in whole samples.</summary>
    public bool IsWhole => _taken > 0 && _half is null;

    /// <summary>Takes the next bytes; returns what they sound like, possibly nothing yet.</summary>
    public byte[] Take(ReadOnlySpan<byte> audio)
    {
        if (audio.Length == 0)
            return [];
        _taken += audio.Length;
        byte[] bytes = _half is { } half ? [half, .. audio] : audio.ToArray();
        _half = bytes.Length % 2 == 1 ? bytes[^1] : null;
        return Resampled(MemoryMarshal.Cast<byte, short>(bytes.AsSpan(0, bytes.Length & ~1)));
    }

    /// <summary>What the filter still holds back.</summary>
    public byte[] Finish() => MemoryMarshal.AsBytes(_resampler.Flush().AsSpan()).ToArray();

    public void Dispose() => _resampler.Dispose();

    byte[] Resampled(ReadOnlySpan<short> samples) => samples.Length == 0 ? [] : MemoryMarshal.AsBytes(_resampler.Resample(samples).AsSpan()).ToArray();
}
