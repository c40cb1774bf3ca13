namespace VoiceGrains.Eval.Clock;

/// <summary>
/// Random numbers that are the same for the same seed in every version of .NET and on every machine (SplitMix64: Steele, Lea and Flood 2014). No logarithms
/// and powers: these may differ in their last digit between machines.
/// </summary>
sealed class Dice(ulong state)
{
    const ulong Golden = 0x9E3779B97F4A7C15;

    ulong _state = state;

    /// <summary>Dice of their own for one purpose, so that one draw more or less here changes nothing there.</summary>
    public static Dice For(long seed, string purpose, params ReadOnlySpan<long> parts)
    {
        var state = Mix((ulong)seed + Golden);
        foreach (var letter in purpose)
            state = Mix(state ^ letter);
        foreach (var part in parts)
            state = Mix(state ^ (ulong)part);
        return new Dice(state);
    }

    /// <summary>From 0 to below 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Falls(double chance) => Unit() < chance;

    /// <summary>From 0 to below the limit.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public int Between(int least, int most) => least + Below(most - least + 1);

    public TimeSpan Between(TimeSpan least, TimeSpan most) => least + TimeSpan.FromTicks((long)((most - least).Ticks * Unit()));

    /// <summary>Up to so much more or less, each as likely.</summary>
    public TimeSpan Around(TimeSpan middle, TimeSpan by) => Between(middle - by, middle + by);

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    ulong Next() => Mix(_state += Golden);

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
