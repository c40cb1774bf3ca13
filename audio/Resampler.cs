using System.Runtime.InteropServices;

namespace VoiceGrains.Audio;

/// <summary>
/// Changes the sample rate of a stream of 16-bit mono samples, with libspeexdsp (package libspeexdsp1; <c>speex_resampler.h</c>).
/// Keeps state between calls, so pieces join without clicks. Not thread-safe.
/// </summary>
public sealed partial class Resampler : IDisposable
{
    const string Library = "libspeexdsp.so.1";

    // 4 of 10: transparent for speech at 16 kHz; the delay is 2 ms.
    const int Quality = 4;

    readonly int _from;
    readonly int _to;
    nint _state;

    /// <summary>Throws <see cref="DllNotFoundException"/> when libspeexdsp1 is not installed; see <see cref="IsAvailable"/>.</summary>
    public Resampler(int fromRate, int toRate)
    {
        _from = fromRate;
        _to = toRate;
        _state = speex_resampler_init(1, (uint)fromRate, (uint)toRate, Quality, out var error);
        if (_state == 0)
            throw new ArgumentException($"libspeexdsp can't resample from {fromRate} to {toRate} Hz (error {error}).");
        speex_resampler_skip_zeros(_state);
    }

    /// <summary>Whether the library is on this machine.</summary>
    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Library, out _);

    public short[] Resample(ReadOnlySpan<short> samples)
    {
        ObjectDisposedException.ThrowIf(_state == 0, this);
        var output = new short[(int)((long)samples.Length * _to / _from) + 16];
        var written = 0;
        while (samples.Length > 0)
        {
            var taken = (uint)samples.Length;
            var room = (uint)(output.Length - written);
            speex_resampler_process_int(_state, 0, in MemoryMarshal.GetReference(samples), ref taken, ref output[written], ref room);
            samples = samples[(int)taken..];
            written += (int)room;
            if (samples.Length > 0)
                Array.Resize(ref output, output.Length * 2);
        }

        return output[..written];
    }

    /// <summary>The last samples, which the filter still holds back.</summary>
    public short[] Flush()
    {
        ObjectDisposedException.ThrowIf(_state == 0, this);
        return Resample(new short[speex_resampler_get_input_latency(_state)]);
    }

    public void Dispose()
    {
        if (_state == 0)
            return;
        speex_resampler_destroy(_state);
        _state = 0;
    }

    [LibraryImport(Library)]
    private static partial nint speex_resampler_init(uint channels, uint fromRate, uint toRate, int quality, out int error);

    [LibraryImport(Library)]
    private static partial int speex_resampler_process_int(nint state, uint channel, in short input, ref uint inputLength, ref short output, ref uint outputLength);

    [LibraryImport(Library)]
    private static partial int speex_resampler_skip_zeros(nint state);

    [LibraryImport(Library)]
    private static partial int speex_resampler_get_input_latency(nint state);

    [LibraryImport(Library)]
    private static partial void speex_resampler_destroy(nint state);
}
