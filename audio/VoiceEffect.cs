using System.Runtime.InteropServices;

namespace VoiceGrains.Audio;

/// <summary>
/// A change of how a voice sounds: <c>telephone</c> (a narrow band), <c>warm</c>, <c>bright</c>, <c>whisper-soft</c> (quiet, with breath). Takes PCM, 16 bit,
/// mono, 16 kHz, in chunks of any length, and gives as many samples back; keeps state between chunks, so they join without clicks. Not thread-safe.
/// </summary>
public sealed class VoiceEffect
{
    // The two sections of a Butterworth filter of fourth order.
    const double FirstQ = 0.541;
    const double SecondQ = 1.307;

    readonly Biquad[] _filters;
    readonly double _gain;
    readonly Breath? _breath;

    VoiceEffect(double decibels, Breath? breath, params Biquad[] filters) =>
        (_gain, _breath, _filters) = (Math.Pow(10, decibels / 20), breath, filters);

    /// <summary>All effects.</summary>
    public static IReadOnlyList<string> Names { get; } = ["telephone", "warm", "bright", "whisper-soft"];

    /// <summary>A new one by its name, for one stream of audio. Null: there is none of this name.</summary>
    public static VoiceEffect? Find(string? name) => name switch
    {
        // ITU-T G.712: 300 to 3,400 Hz.
        "telephone" => new(0, null, Biquad.HighPass(300, FirstQ), Biquad.HighPass(300, SecondQ), Biquad.LowPass(3_400, FirstQ), Biquad.LowPass(3_400, SecondQ)),
        "warm" => new(-3, null, Biquad.LowShelf(300, 4), Biquad.HighShelf(3_500, -6)),
        "bright" => new(-4, null, Biquad.LowShelf(250, -4), Biquad.HighShelf(2_500, 6)),
        "whisper-soft" => new(-8, new Breath(), Biquad.HighPass(500, FirstQ), Biquad.HighShelf(3_000, 3)),
        _ => null,
    };

    /// <summary>Applies it to the next chunk; whole samples.</summary>
    public byte[] Apply(ReadOnlySpan<byte> audio)
    {
        var changed = audio.ToArray();
        foreach (ref var sample in MemoryMarshal.Cast<byte, short>(changed.AsSpan()))
            sample = (short)Math.Clamp(Math.Round(Next(sample)), short.MinValue, short.MaxValue);
        return changed;
    }

    double Next(double sample)
    {
        var next = sample;
        foreach (var filter in _filters)
            next = filter.Next(next);
        if (_breath is not null)
            next += _breath.Next(sample);
        return next * _gain;
    }

    /// <summary>Noise as loud as the voice is at the moment, and none in silence. The same for each stream, so what comes out can be foretold.</summary>
    sealed class Breath
    {
        const double Share = 0.35;

        // At 16 kHz: about 5 ms up, 30 ms down.
        const double Rise = 0.0125;
        const double Fall = 0.002;

        readonly Biquad _filter = Biquad.HighPass(1_500, Math.Sqrt(0.5));
        uint _random = 0x9E3779B9;
        double _loudness;

        public double Next(double sample)
        {
            var loudness = Math.Abs(sample);
            _loudness += (loudness > _loudness ? Rise : Fall) * (loudness - _loudness);
            // xorshift, Marsaglia 2003.
            _random ^= _random << 13;
            _random ^= _random >> 17;
            _random ^= _random << 5;
            return _filter.Next((_random / (double)uint.MaxValue * 2) - 1) * _loudness * Share;
        }
    }
}
