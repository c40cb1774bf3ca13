using VoiceGrains.Operations;
using VoiceGrains.Participants;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Ops;

/// <summary>What a silo reports, from what its calls and participants show of themselves.</summary>
public sealed class FiguresOfASilo
{
    static readonly CallId Call = new("local-aaaaaaaa");

    readonly LocalFigures _figures = new();

    [Fact]
    public void Frames_in_a_second_are_those_since_the_report_before()
    {
        var gauge = Participant(highest: 1_000);
        gauge.Set(Ledger(1_020), 3, TimeSpan.Zero);
        Assert.Equal(10, Share(TimeSpan.FromSeconds(2)).Frames);

        gauge.Set(Ledger(1_050), 3, TimeSpan.Zero);

        Assert.Equal(30, Share(TimeSpan.FromSeconds(1)).Frames);
        Assert.Equal(0, Share(TimeSpan.FromSeconds(1)).Frames);
    }

    [Fact]
    public void What_a_participant_brought_along_from_another_silo_was_not_taken_here()
    {
        Participant(highest: 50_000, segments: 40);

        Assert.Equal((0L, 0L), (_figures.Frames, _figures.Segments));
    }

    [Fact]
    public void What_was_taken_stays_counted_when_the_participant_is_gone()
    {
        var gauge = Participant(highest: 0);
        gauge.Set(Ledger(70), 2, TimeSpan.Zero);

        _figures.Remove(gauge);
        _figures.Remove(gauge);

        Assert.Equal((70L, 2L, 0), (_figures.Frames, _figures.Segments, _figures.Participants));
    }

    [Fact]
    public void Participants_of_one_call_add_up_and_the_slowest_lane_counts()
    {
        Participant(highest: 0).Set(Ledger(10, lost: 1), 1, TimeSpan.FromSeconds(1));
        Participant(highest: 0).Set(Ledger(20, lost: 2), 2, TimeSpan.FromSeconds(4));

        var share = Share(TimeSpan.FromSeconds(1));

        Assert.Equal((2, 30, 3L, 3, 4), (share.Participants, share.Frames, share.Lost, share.Segments, share.Lag.TotalSeconds));
    }

    [Fact]
    public void A_report_holds_no_more_calls_than_it_may()
    {
        for (var i = 0; i < 5; i++)
            _figures.Add(new CallGauge { Call = Reports.Call($"call{i:0000}") });
        _figures.Add(new CallGauge());

        Assert.Equal(3, _figures.DescribeCalls(3).Length);
        // One has said nothing of itself yet.
        Assert.Equal(5, _figures.DescribeCalls(100).Length);
        Assert.Equal(6, _figures.Calls);
    }

    CallShare Share(TimeSpan elapsed) => Assert.Single(_figures.TakeShares(10, elapsed));

    ParticipantGauge Participant(long highest, int segments = 0)
    {
        var gauge = new ParticipantGauge(Call, new ManualTime());
        _figures.Add(gauge);
        gauge.Set(Ledger(highest), segments, TimeSpan.Zero);
        return gauge;
    }

    static LedgerFigures Ledger(long highest, long lost = 0) => new(highest, highest - lost, 0, 0, lost, 0, 0);
}
