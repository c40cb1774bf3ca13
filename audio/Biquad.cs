namespace VoiceGrains.Audio;

/// <summary>
/// A filter of second order at 16 kHz (R. Bristow-Johnson, Cookbook formulae for audio equalizer biquad filter coefficients), transposed direct form II.
/// Keeps state between samples. Not thread-safe.
/// </summary>
sealed class Biquad
{
    readonly double _b0;
    readonly double _b1;
    readonly double _b2;
    readonly double _a1;
    readonly double _a2;
    double _first;
    double _second;

    Biquad(double b0, double b1, double b2, double a0, double a1, double a2) =>
        (_b0, _b1, _b2, _a1, _a2) = (b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0);

    /// <summary>Lets pass what is below.</summary>
    public static Biquad LowPass(double hertz, double q)
    {
        var (cosine, alpha) = At(hertz, q);
        return new((1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2, 1 + alpha, -2 * cosine, 1 - alpha);
    }

    /// <summary>Lets pass what is above.</summary>
    public static Biquad HighPass(double hertz, double q)
    {
        var (cosine, alpha) = At(hertz, q);
        return new((1 + cosine) / 2, -(1 + cosine), (1 + cosine) / 2, 1 + alpha, -2 * cosine, 1 - alpha);
    }

    /// <summary>Raises or lowers what is below, by decibels.</summary>
    public static Biquad LowShelf(double hertz, double decibels) => Shelf(hertz, decibels, side: 1);

    /// <summary>Raises or lowers what is above, by decibels.</summary>
    public static Biquad HighShelf(double hertz, double decibels) => Shelf(hertz, decibels, side: -1);

    public double Next(double sample)
    {
        var next = (_b0 * sample) + _first;
        _first = (_b1 * sample) - (_a1 * next) + _second;
        _second = (_b2 * sample) - (_a2 * next);
        return next;
    }

    // The formulae of both shelves differ in the sign of the cosine, and of the middle terms.
    static Biquad Shelf(double hertz, double decibels, int side)
    {
        var a = Math.Pow(10, decibels / 40);
        var (cosine, alpha) = At(hertz, Math.Sqrt(0.5));
        var (turned, root) = (side * cosine, 2 * Math.Sqrt(a) * alpha);
        return new(
            a * (a + 1 - ((a - 1) * turned) + root),
            side * 2 * a * (a - 1 - ((a + 1) * turned)),
            a * (a + 1 - ((a - 1) * turned) - root),
            a + 1 + ((a - 1) * turned) + root,
            side * -2 * (a - 1 + ((a + 1) * turned)),
            a + 1 + ((a - 1) * turned) - root);
    }

    static (double Cosine, double Alpha) At(double hertz, double q)
    {
        var (sine, cosine) = Math.SinCos(2 * Math.PI * hertz / AudioFormat.Cluster.SampleRate);
        return (cosine, sine / (2 * q));
    }
}
