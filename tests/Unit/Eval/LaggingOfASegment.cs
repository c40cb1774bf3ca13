using FsCheck.Fluent;
using VoiceGrains.Eval.Metrics;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>The figures of the Average Lagging family, against vectors that were checked with the published tools.</summary>
public sealed class LaggingOfASegment
{
    /// <summary>Delays, X, L, then AL, LAAL, AP, DAL and YAAL, which may be undefined.</summary>
    public static TheoryData<double[], double, int, double[], double?> Vectors => new()
    {
        { [3, 4, 5, 6, 6, 6], 6, 6, [3, 3, 0.833333, 3], 3 },
        { [6, 6, 6, 6, 6, 6], 6, 6, [6, 6, 1, 6], null },
        { [1, 2, 3, 4, 5, 6], 6, 6, [1, 1, 0.583333, 1], 1 },
        { [1000, 1000, 2000, 3000, 4000, 4000], 4000, 6, [866.666667, 866.666667, 0.625, 1111.111111], 750 },
        { [1000, 1500, 2000, 2500, 3000, 3500, 4000, 4000], 4000, 4, [-500, 1000, 1.34375, 1000], 1000 },
        { [4200, 4200], 4000, 3, [4200, 4200, 0.7, 4200], null },
        { [1200, 1800, 2600, 4300, 4300], 4000, 5, [1275, 1275, 0.71, 1480], 1066.666667 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_published_vectors_come_out_to_four_decimals(double[] delays, double source, int reference, double[] expected, double? withoutTail)
    {
        double[] measured =
        [
            Lagging.Average(delays, source, reference), Lagging.LengthAdaptive(delays, source, reference), Lagging.Proportion(delays, source, reference),
            Lagging.Differentiable(delays, source),
        ];

        Assert.All(measured.Zip(expected), static pair => Assert.Equal(pair.Second, pair.First, 4));
        Assert.Equal(withoutTail.HasValue, Lagging.WithoutTail(delays, source, reference).HasValue);
        Assert.Equal(withoutTail ?? 0, Lagging.WithoutTail(delays, source, reference) ?? 0, 4);
    }

    [Fact]
    public void In_a_recording_that_goes_on_the_tail_is_what_comes_after_its_end()
    {
        double[] delays = [1000, 3000, 5000, 9000];

        // X / n is 500: (1000 + 2500), with 4000 before 8000, and with 7500 before 10000.
        Assert.Equal([1750, 2500, 3750], new[] { 4000.0, 8000, 10_000 }.Select(end => Lagging.BeforeEnd(delays, 2000, 4, end)!.Value));
        Assert.Null(Lagging.BeforeEnd(delays, 2000, 4, 1000));
    }

    [Fact]
    public void Too_many_words_never_make_the_length_adaptive_figure_better_than_the_plain_one() => Law.Holds(
        from steps in Gen.Choose(0, 900).NonEmptyListOf()
        from source in Gen.Choose(1, 20_000)
        from reference in Gen.Choose(1, 40)
        select (Delays: Rising(steps), source, reference),
        given => Lagging.LengthAdaptive(given.Delays, given.source, given.reference) >= Lagging.Average(given.Delays, given.source, given.reference) - 1e-9);

    [Fact]
    public void Waiting_longer_never_makes_the_differentiable_figure_better() => Law.Holds(
        from steps in Gen.Choose(0, 900).NonEmptyListOf()
        from source in Gen.Choose(1, 20_000)
        from later in Gen.Choose(1, 500)
        select (Delays: Rising(steps), source, later),
        given => Lagging.Differentiable([.. given.Delays.Select(delay => delay + given.later)], given.source) > Lagging.Differentiable(given.Delays, given.source));

    static double[] Rising(IEnumerable<int> steps)
    {
        var at = 0.0;
        return [.. steps.Select(step => at += step)];
    }
}
