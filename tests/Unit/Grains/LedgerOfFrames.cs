using VoiceGrains.Participants;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Where each number of a participant went, in the cases that matter.</summary>
public sealed class LedgerOfFrames
{
    readonly FrameLedger _ledger = new();

    [Fact]
    public void A_recorded_segment_and_the_silence_around_it_are_acknowledged()
    {
        TakeAudio(1, 6);
        _ledger.SettleSilence(At(2));
        _ledger.Close(1, At(4));
        _ledger.SettleSilence(At(6));

        Assert.Equal((2, 2), (_ledger.FramesOf(1), _ledger.Recorded));
        _ledger.SettleRecognized(1);
        Assert.Equal(6, _ledger.Recorded);
        Assert.Equal(new LedgerFigures(6, 2, 0, 4, 0, 0, 0), _ledger.Figures);
    }

    [Fact]
    public void What_arrives_again_is_counted_apart_and_what_is_missing_is_asked_for()
    {
        TakeAudio(1, 3);

        Assert.Equal(Arrival.Duplicate, _ledger.Judge(3));
        Assert.Equal(Arrival.Gap, _ledger.Judge(5));
        Assert.Equal(Arrival.Fresh, _ledger.Judge(4));
        Assert.Equal(new LedgerFigures(3, 0, 0, 0, 0, 3, 1), _ledger.Figures);
    }

    [Fact]
    public void What_the_sender_no_longer_has_is_lost()
    {
        TakeAudio(1, 2);

        _ledger.SkipTo(6);

        Assert.Equal(6, _ledger.Next);
        Assert.Equal(new LedgerFigures(5, 0, 0, 0, 3, 2, 0), _ledger.Figures);
    }

    [Fact]
    public void A_lost_recognizer_has_its_audio_sent_again()
    {
        TakeAudio(1, 5);
        _ledger.SettleSilence(At(2));

        Assert.Equal(3, _ledger.Rewind());
        Assert.Equal(Arrival.Fresh, _ledger.Judge(3));
        Assert.Equal(new LedgerFigures(5, 0, 0, 2, 0, 3, 0), _ledger.Figures);
        Assert.Null(_ledger.Rewind());
    }

    [Fact]
    public void What_was_settled_before_a_replay_is_not_settled_twice()
    {
        TakeAudio(1, 1);
        _ledger.TakeSilence(2);
        _ledger.TakeUnrecognizable(3);
        Assert.True(_ledger.TakeText(4, 1));

        _ledger.Rewind();
        TakeAudio(1, 1);
        _ledger.TakeSilence(2);
        _ledger.TakeUnrecognizable(3);

        Assert.False(_ledger.TakeText(4, 2));
        Assert.Equal(new LedgerFigures(4, 0, 1, 1, 0, 2, 0), _ledger.Figures);
    }

    [Fact]
    public void What_is_lost_in_front_of_a_text_does_not_take_the_acknowledgement_back()
    {
        TakeAudio(1, 2);
        _ledger.TakeText(3, 1);
        _ledger.Rewind();
        _ledger.SkipTo(3);
        _ledger.TakeText(3, 2);

        _ledger.SettleRecognized(1);

        Assert.Equal(3, _ledger.Recorded);
        Assert.Equal(new LedgerFigures(3, 1, 0, 0, 2, 0, 0), _ledger.Figures);
    }

    [Fact]
    public void A_jump_over_all_numbers_there_are_costs_nothing()
    {
        TakeAudio(1, 1);

        _ledger.SkipTo(uint.MaxValue);

        Assert.Equal(new LedgerFigures(uint.MaxValue - 1L, 0, 0, 0, uint.MaxValue - 2L, 1, 0), _ledger.Figures);
    }

    [Fact]
    public void What_an_activation_before_had_pending_is_lost_and_the_numbers_go_on()
    {
        var ledger = new FrameLedger(new LedgerFigures(20, 10, 1, 4, 2, 3, 5));

        Assert.Equal((21, 20), (ledger.Next, ledger.Recorded));
        Assert.Equal(new LedgerFigures(20, 10, 1, 4, 5, 0, 5), ledger.Figures);
    }

    [Fact]
    public void The_arrival_of_audio_is_known_until_it_is_settled()
    {
        _ledger.TakeAudio(1, At(0), At(1), arrivedAt: 100);
        _ledger.TakeAudio(2, At(1), At(2), arrivedAt: 200);

        Assert.Equal(200, _ledger.ArrivalOf(At(1.5)));
        _ledger.SettleSilence(At(2));
        Assert.Null(_ledger.ArrivalOf(At(1.5)));
    }

    void TakeAudio(int first, int last)
    {
        for (var number = first; number <= last; number++)
            _ledger.TakeAudio(number, At(number - 1), At(number), arrivedAt: 0);
    }

    static TimeSpan At(double second) => TimeSpan.FromSeconds(second);
}
