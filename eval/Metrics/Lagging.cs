namespace VoiceGrains.Eval.Metrics;

/// <summary>
/// The latency figures of the Average Lagging family for one segment. All numbers are in one unit, usually milliseconds: <c>delays</c> says for each target unit
/// (word, or character in Japanese) when it was available, counted from the segment's beginning; <c>source</c> is the segment's duration X, <c>reference</c> the
/// number of units L of the reference translation, n the number of delays. Vectors: docs/evaluation.md.
/// </summary>
static class Lagging
{
    /// <summary>AL: mean over i up to tau of d_i - (i-1) X/L, where tau is the first unit at or after the end of the source (Ma and others 2019, STACL).</summary>
    public static double Average(ReadOnlySpan<double> delays, double source, int reference) =>
        UpToEnd(delays, source, source / reference);

    /// <summary>LAAL: AL with max(n, L) instead of L, so that too many words are not rewarded (Papi and others 2022; Polák and others 2022).</summary>
    public static double LengthAdaptive(ReadOnlySpan<double> delays, double source, int reference) =>
        UpToEnd(delays, source, source / Math.Max(delays.Length, reference));

    /// <summary>
    /// YAAL: LAAL that stops before the first unit at the end of the source, so that the flush of the tail does not count (OmniSTEval). Null when nothing came before it.
    /// </summary>
    public static double? WithoutTail(ReadOnlySpan<double> delays, double source, int reference) => BeforeEnd(delays, source, reference, source);

    /// <summary>
    /// YAAL, and LongYAAL of a segment inside of a recording: there the tail is what comes at or after the end of the recording, not of the segment (Polák and others
    /// 2025, "Better Late Than Never"). Null when nothing came before it.
    /// </summary>
    /// <param name="end">Of the recording, counted from the segment's beginning.</param>
    public static double? BeforeEnd(ReadOnlySpan<double> delays, double source, int reference, double end) =>
        delays[0] >= end ? null : MeanBefore(delays, source / Math.Max(delays.Length, reference), end);

    /// <summary>AP: sum of d_i over X L (Cho and Esipova 2016).</summary>
    public static double Proportion(ReadOnlySpan<double> delays, double source, int reference)
    {
        var sum = 0.0;
        foreach (var delay in delays)
            sum += delay;
        return sum / (source * reference);
    }

    /// <summary>DAL: each unit takes at least X/n after the one before: g_i = max(d_i, g_(i-1) + X/n); mean of g_i - (i-1) X/n (Cherry and Foster 2019).</summary>
    public static double Differentiable(ReadOnlySpan<double> delays, double source)
    {
        var step = source / delays.Length;
        var (sum, last) = (0.0, 0.0);
        for (var i = 0; i < delays.Length; i++)
        {
            last = i == 0 ? delays[0] : Math.Max(delays[i], last + step);
            sum += last - i * step;
        }

        return sum / delays.Length;
    }

    // When even the first unit came after the end, the figure is its delay by definition.
    static double UpToEnd(ReadOnlySpan<double> delays, double source, double step)
    {
        var until = 0;
        while (until < delays.Length && delays[until] < source)
            until++;
        return delays[0] > source ? delays[0] : Mean(delays[..Math.Min(until + 1, delays.Length)], step);
    }

    static double MeanBefore(ReadOnlySpan<double> delays, double step, double end)
    {
        var until = 0;
        while (until < delays.Length && delays[until] < end)
            until++;
        return Mean(delays[..until], step);
    }

    static double Mean(ReadOnlySpan<double> delays, double step)
    {
        var sum = 0.0;
        for (var i = 0; i < delays.Length; i++)
            sum += delays[i] - i * step;
        return sum / delays.Length;
    }
}
