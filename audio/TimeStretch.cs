using System.Numerics;
using System.Runtime.InteropServices;

namespace VoiceGrains.Audio;

/// <summary>
/// Makes speech faster or slower at the same pitch: WSOLA (Verhelst and Roelands 1993), which leaves out or repeats stretches of a few milliseconds where what
/// follows looks like what was to come. Takes PCM, 16 bit, mono, 16 kHz, whole samples, in chunks of any length; how it is cut changes nothing. Not thread-safe.
/// </summary>
public sealed class TimeStretch
{
    public const double Slowest = 0.8;
    public const double Fastest = 1.5;

    /// <summary>Samples that come out of one decision, 20 ms.</summary>
    public const int Hop = 320;

    // 10 ms, in which what was to come is faded into what comes.
    const int Overlap = 160;

    // 8 ms to either side: a whole period of the deepest voices fits in.
    const int Search = 128;

    // As far back as a slow tempo ever goes, and more.
    const int Kept = 512;

    static readonly float[] Rising = [.. Enumerable.Range(0, Overlap).Select(static i => (float)(0.5 - (0.5 * Math.Cos(Math.PI * (i + 0.5) / Overlap))))];

    readonly float[] _input = new float[8_192];
    int _filled;

    // The output ends with the sample before this one.
    int _next;

    // Samples that the output is late by; negative, early.
    double _owed;

    /// <summary>
    /// Takes the next chunk and gives what is ready. With a tempo of 1 that is everything, unchanged, with what was held back before it; with any other up to 50 ms
    /// are held back.
    /// </summary>
    /// <param name="tempo">2 would be twice as fast; from <see cref="Slowest"/> to <see cref="Fastest"/>. May differ from call to call.</param>
    public ReadOnlyMemory<byte> Apply(ReadOnlySpan<byte> audio, double tempo)
    {
        if (tempo is not (>= Slowest and <= Fastest))
            throw new ArgumentOutOfRangeException(nameof(tempo), tempo, $"A tempo is from {Slowest} to {Fastest}.");
        var samples = MemoryMarshal.Cast<byte, short>(audio);
        var output = new byte[MostSamples(_filled - _next + samples.Length, tempo) * sizeof(short)];
        var room = MemoryMarshal.Cast<byte, short>(output.AsSpan());
        var written = 0;
        do
        {
            samples = samples[Take(samples)..];
            written += tempo == 1 ? CopyAll(room[written..]) : Stretch(room[written..], tempo);
        }
        while (!samples.IsEmpty);
        return output.AsMemory(0, written * sizeof(short));
    }

    /// <summary>What was held back, unchanged. Audio that comes later joins it.</summary>
    public ReadOnlyMemory<byte> Flush() => Apply([], 1);

    static int MostSamples(int samples, double tempo) => tempo >= 1 ? samples : (int)((samples + (2 * Search) + Hop) / tempo);

    int Take(ReadOnlySpan<short> samples)
    {
        var old = _next - Kept;
        if (old > 0 && _filled + samples.Length > _input.Length)
        {
            _input.AsSpan(old.._filled).CopyTo(_input);
            (_filled, _next) = (_filled - old, Kept);
        }

        var count = Math.Min(samples.Length, _input.Length - _filled);
        for (var i = 0; i < count; i++)
            _input[_filled + i] = samples[i];
        _filled += count;
        return count;
    }

    int CopyAll(Span<short> output)
    {
        var count = _filled - _next;
        Copy(_next, output[..count]);
        (_next, _owed) = (_filled, 0);
        return count;
    }

    int Stretch(Span<short> output, double tempo)
    {
        var written = 0;
        while (true)
        {
            var wanted = _owed + (Hop * (tempo - 1));
            var (least, most) = Reach(wanted, tempo);
            if (_next + Math.Max(most, 0) + Hop > _filled)
                return written;
            var skipped = BestSkip(least, most, Math.Clamp((int)Math.Round(wanted), least, most));
            Join(_next + skipped, output.Slice(written, Hop));
            (_next, _owed) = (_next + skipped + Hop, wanted - skipped);
            written += Hop;
        }
    }

    // Faster never goes back, slower never forward.
    (int Least, int Most) Reach(double wanted, double tempo)
    {
        var middle = (int)Math.Round(wanted);
        return tempo > 1
            ? (Math.Max(middle - Search, 0), Math.Max(middle + Search, 0))
            : (Math.Max(Math.Min(middle - Search, 0), -_next), Math.Max(Math.Min(middle + Search, 0), -_next));
    }

    // Where the audio looks most like what would come without a skip: the largest normalised correlation. In digital silence nothing does, and the wanted one is taken.
    int BestSkip(int least, int most, int wanted)
    {
        var natural = _input.AsSpan(_next, Overlap);
        var energy = Energy(_next + least);
        var (best, bestLikeness) = (wanted, 0.0);
        for (var skip = least; skip <= most; skip++)
        {
            var at = _next + skip;
            var likeness = (double)Product(natural, _input.AsSpan(at, Overlap));
            if (likeness > 0 && energy > 0 && likeness * likeness / energy is var square && square > bestLikeness)
                (best, bestLikeness) = (skip, square);
            if (skip < most)
                energy += Square(at + Overlap) - Square(at);
        }

        return best;
    }

    void Join(int from, Span<short> output)
    {
        for (var i = 0; i < Overlap; i++)
        {
            var natural = _input[_next + i];
            output[i] = (short)MathF.Round(natural + ((_input[from + i] - natural) * Rising[i]));
        }

        Copy(from + Overlap, output[Overlap..]);
    }

    void Copy(int from, Span<short> output)
    {
        for (var i = 0; i < output.Length; i++)
            output[i] = (short)_input[from + i];
    }

    // Sums of squares of 16 bit numbers are exact in a double, however often something is added and taken away.
    double Energy(int from)
    {
        double energy = 0;
        for (var i = from; i < from + Overlap; i++)
            energy += Square(i);
        return energy;
    }

    double Square(int at) => (double)_input[at] * _input[at];

    static float Product(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var ones = MemoryMarshal.Cast<float, Vector<float>>(one);
        var others = MemoryMarshal.Cast<float, Vector<float>>(other);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < ones.Length && i < others.Length; i++)
            sums += ones[i] * others[i];
        return Vector.Sum(sums);
    }
}
