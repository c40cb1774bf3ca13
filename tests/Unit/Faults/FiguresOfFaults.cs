using System.Text.Json;
using VoiceGrains.Tests.Faults.Checks;
using VoiceGrains.Tests.Faults.Figures;

namespace VoiceGrains.Tests.Unit.Faults;

/// <summary>What a fault cost, from what everybody saw.</summary>
public sealed class FiguresOfFaults
{
    static readonly TimeSpan Struck = TimeSpan.FromSeconds(2);

    [Fact]
    public void Without_a_fault_there_is_no_gap_and_no_lag()
    {
        var figures = CallFigures.Of(PlayedCall.Whole(), PlayedCall.Whole(), Struck, new Dictionary<string, TimeSpan>());

        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (figures.Gap, figures.LagNormal));
    }

    [Fact]
    public void The_gap_is_the_largest_extra_delay_and_lag_lasts_until_the_last_late_word()
    {
        // The second sentence comes 700 ms late at 3.5 s, the third 100 ms late.
        var call = PlayedCall.WithSeen(static seen => seen.Select(static each => each.At > TimeSpan.FromSeconds(4)
            ? each with { At = each.At + TimeSpan.FromMilliseconds(100) }
            : each.At > Struck ? each with { At = each.At + TimeSpan.FromMilliseconds(700) } : each));

        var figures = CallFigures.Of(call, PlayedCall.Whole(), Struck, new Dictionary<string, TimeSpan>());

        Assert.Equal(700, figures.Gap.TotalMilliseconds, 1);
        Assert.Equal(TimeSpan.FromSeconds(3.5) - Struck, figures.LagNormal);
    }

    [Fact]
    public void Frames_are_accepted_again_with_the_first_mark_after_the_one_that_was_on_its_way()
    {
        var call = PlayedCall.With("ann", static ann => ann with
        {
            Seen = [.. new[] { 1.9, 2.005, 2.4, 2.5 }.Select(static (second, number) => new SeenAck(TimeSpan.FromSeconds(second), number, 0))],
        });

        var figures = CallFigures.Of(call, PlayedCall.Whole(), Struck, new Dictionary<string, TimeSpan> { ["ann"] = Struck, ["bob"] = Struck });

        Assert.Equal([TimeSpan.FromSeconds(0.4), null], figures.Accepted);
    }

    [Fact]
    public void A_row_has_the_fields_that_others_read()
    {
        var row = new FaultRow("silo-kill");
        row.Add(
            [new Finding(FindingKind.Lost, "c", "ann", "x"), new Finding(FindingKind.Repeated, "c", "bob", "y")],
            2,
            [.. Enumerable.Range(1, 20).Select(static number => new CallFigures(TimeSpan.FromSeconds(number), TimeSpan.FromSeconds(1), [TimeSpan.FromMilliseconds(number)]))]);

        var json = JsonDocument.Parse(FaultRow.ToJson([row])).RootElement[0];

        Assert.Equal(
            """{"fault":"silo-kill","runs":1,"lost":1,"duplicated":0,"repeats_after_double_failure":1,"frames_unaccounted":2,"accepted_ms_p50":10,"accepted_ms_p95":19,"gap_ms_p50":10000,"gap_ms_p95":19000,"gap_ms_max":20000,"lag_normal_ms_p95":1000}""",
            JsonSerializer.Serialize(json));
        Assert.False(row.IsClean);
    }

    [Fact]
    public void Who_was_never_accepted_again_is_no_good_figure()
    {
        var row = new FaultRow("silo-kill");
        row.Add([], 0, [new CallFigures(TimeSpan.Zero, TimeSpan.Zero, [TimeSpan.FromSeconds(1), null])]);

        Assert.Equal((1_000.0, null), (row.AcceptedMsP50, row.AcceptedMsP95));
    }
}
