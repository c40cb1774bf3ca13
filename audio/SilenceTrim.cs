using System.Runtime.InteropServices;

namespace VoiceGrains.Audio;

/// <summary>
/// Shortens silences in speech. Half of what stays of a silence is its beginning, half its end, and they are faded into each other. Takes PCM, 16 bit, mono, 16 kHz,
/// whole samples, in chunks of any length; how it is cut changes nothing. Not thread-safe.
/// </summary>
public sealed class SilenceTrim
{
    // Nothing that is louder is silence, be it as short as the end of a t.
    const double Quiet = -50;

    const int Step = VoiceActivity.Step;
    static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan StepTime = AudioFormat.TimeOf(Step);

    readonly VoiceActivity _activity = new();
    readonly short[] _step = new short[Step];
    readonly short[] _seam = new short[Step];
    readonly short[] _held;
    readonly int _after;
    readonly int _before;
    int _filled;
    int _silent;

    /// <param name="longest">Longer silences are shortened to this, in steps of 10 ms, at least 20. Default: 80 ms.</param>
    public SilenceTrim(TimeSpan? longest = null)
    {
        var steps = (int)((longest ?? TimeSpan.FromMilliseconds(80)) / StepTime);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, (int)(Shortest / StepTime), nameof(longest));
        (_after, _before) = (steps / 2, steps - (steps / 2));
        _held = new short[_before * Step];
    }

    /// <summary>Takes the next chunk and gives what is ready: all but an unfinished step of 10 ms, and in a silence its last part.</summary>
    public ReadOnlyMemory<byte> Apply(ReadOnlySpan<byte> audio)
    {
        var samples = MemoryMarshal.Cast<byte, short>(audio);
        var output = new Output(_filled + samples.Length + (Held * Step));
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, Step - _filled);
            samples[..count].CopyTo(_step.AsSpan(_filled));
            samples = samples[count..];
            if ((_filled += count) < Step)
                break;
            _filled = 0;
            Take(_step, ref output);
        }

        return output.Written;
    }

    /// <summary>What was held back. A silence that goes on with the next audio is shortened as one; half of the longest may be added to it.</summary>
    public ReadOnlyMemory<byte> Flush()
    {
        var output = new Output(_filled + (Held * Step));
        LetOut(ref output);
        output.Add(_step.AsSpan(0, _filled));
        (_filled, _silent) = (0, Math.Min(_silent, _after));
        return output.Written;
    }

    int Held => Math.Clamp(_silent - _after, 0, _before);

    void Take(ReadOnlySpan<short> step, ref Output output)
    {
        if (_activity.Take(step) || VoiceActivity.Level(step) > Quiet)
        {
            LetOut(ref output);
            output.Add(step);
            _silent = 0;
        }
        else if (++_silent <= _after)
        {
            output.Add(step);
        }
        else
        {
            Hold(step, _silent - _after - 1);
        }
    }

    // The end of the silence so far. What would have come after its beginning is kept for the seam.
    void Hold(ReadOnlySpan<short> step, int number)
    {
        if (number == _before)
            Place(0).CopyTo(_seam);
        step.CopyTo(Place(number));
    }

    void LetOut(ref Output output)
    {
        var (first, end) = (_silent - _after - Held, _silent - _after);
        if (first > 0)
            Fade(_seam, Place(first));
        for (var number = first; number < end; number++)
            output.Add(Place(number));
    }

    Span<short> Place(int number) => _held.AsSpan(number % _before * Step, Step);

    static void Fade(ReadOnlySpan<short> from, Span<short> to)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = (short)(from[i] + ((to[i] - from[i]) * (i + 1) / to.Length));
    }

    ref struct Output(int most)
    {
        readonly byte[] _bytes = new byte[most * sizeof(short)];
        int _written;

        public readonly ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _written);

        public void Add(ReadOnlySpan<short> samples)
        {
            MemoryMarshal.AsBytes(samples).CopyTo(_bytes.AsSpan(_written));
            _written += samples.Length * sizeof(short);
        }
    }
}
