using System.Collections.Immutable;
using VoiceGrains.Participants;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Another activation goes on with the ledger in a checkpoint: what is known stands, what is not comes again, nothing counts twice.</summary>
public sealed class LedgerAfterALoss
{
    readonly FrameLedger _ledger = new();

    [Fact]
    public void What_was_not_admitted_comes_again_and_is_pending()
    {
        TakeAudio(_ledger, 1, 6);
        _ledger.SettleSilence(At(2));
        _ledger.Admit(1, At(4));

        var next = GoOn(Kept.Segment(1));

        Assert.Equal((5, 6, 2), (next.Next, next.Highest, next.Recorded));
        Assert.Equal(new LedgerFigures(6, 0, 0, 2, 0, 4, 0), next.Figures);
    }

    [Fact]
    public void A_segment_that_the_next_one_records_settles_its_frames()
    {
        TakeAudio(_ledger, 1, 4);
        _ledger.Close(1, At(4));
        var next = GoOn(Kept.Segment(1));

        Assert.Equal(4, next.FramesOf(1));
        next.SettleRecognized(1);

        Assert.Equal((4, 5), (next.Recorded, next.Next));
        Assert.Equal(new LedgerFigures(4, 4, 0, 0, 0, 0, 0), next.Figures);
    }

    [Fact]
    public void A_text_behind_audio_that_comes_again_is_not_taken_twice()
    {
        TakeAudio(_ledger, 1, 2);
        _ledger.TakeText(3, 1);
        TakeAudio(_ledger, 4, 4);

        var next = GoOn(Kept.Segment(1));
        var fates = Enumerable.Range(1, 4).Select(number => Come(next, number));

        Assert.Equal([Arrival.Fresh, Arrival.Fresh, Arrival.Duplicate, Arrival.Fresh], fates);
        Assert.Equal(new LedgerFigures(4, 0, 0, 0, 0, 4, 0), next.Figures);
    }

    [Fact]
    public void What_the_sender_no_longer_has_is_lost_but_for_what_is_known()
    {
        TakeAudio(_ledger, 1, 2);
        _ledger.TakeText(3, 1);
        TakeAudio(_ledger, 4, 6);
        var next = GoOn(Kept.Segment(1));

        next.SkipTo(6);

        Assert.Equal(6, next.Next);
        Assert.Equal(new LedgerFigures(6, 0, 0, 0, 4, 2, 0), next.Figures);
    }

    [Fact]
    public void A_segment_that_the_checkpoint_had_no_room_for_is_lost_and_blocks_nothing()
    {
        TakeAudio(_ledger, 1, 4);
        _ledger.Close(1, At(2));
        _ledger.Close(2, At(4));

        var next = GoOn(Kept.Segment(2));

        Assert.Equal(2, next.Recorded);
        Assert.Equal(new LedgerFigures(4, 0, 0, 0, 2, 2, 0), next.Figures);
    }

    [Fact]
    public void A_checkpoint_in_the_middle_of_a_replay_goes_on_with_the_replay()
    {
        TakeAudio(_ledger, 1, 10);
        _ledger.Rewind();
        TakeAudio(_ledger, 1, 3);
        _ledger.Admit(1, At(2));

        var next = GoOn(Kept.Segment(1));

        Assert.Equal((3, 10), (next.Next, next.Highest));
        Assert.Equal(new LedgerFigures(10, 0, 0, 0, 0, 10, 0), next.Figures);
    }

    [Fact]
    public void Rows_of_the_same_fate_are_kept_as_one()
    {
        TakeAudio(_ledger, 1, 100);
        _ledger.Admit(1, At(60));
        _ledger.Admit(2, At(100));

        Assert.Equal([new SortedNumbers(1, 60, 1), new SortedNumbers(61, 100, 2)], _ledger.Checkpoint().Sorted);
    }

    FrameLedger GoOn(params ImmutableArray<SegmentCheckpoint> segments) => new(Kept.Checkpoint(_ledger.Checkpoint(), _ledger.ResumeFrom, segments));

    static Arrival Come(FrameLedger ledger, long number)
    {
        var arrival = ledger.Judge(number);
        if (arrival == Arrival.Fresh)
            TakeAudio(ledger, number, number);
        return arrival;
    }

    static void TakeAudio(FrameLedger ledger, long first, long last)
    {
        for (var number = first; number <= last; number++)
            ledger.TakeAudio(number, At(number - 1), At(number), arrivedAt: 0);
    }

    static TimeSpan At(double second) => TimeSpan.FromSeconds(second);
}
