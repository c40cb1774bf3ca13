using VoiceGrains.Participants;
using static VoiceGrains.Tests.Unit.Grains.Sent;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Final captions that the speaker no longer remembers come from the transcript, to those who miss them.</summary>
public sealed class WhatTheTranscriptFillsIn
{
    readonly MissedWork _work = new();

    public WhatTheTranscriptFillsIn()
    {
        _work.Recorded(1, "Uno.");
        _work.Recorded(2, "Dos.");
        _work.Recorded(3, "Tres.");
    }

    [Fact]
    public void Who_names_the_finals_they_have_gets_the_others()
    {
        var request = _work.Returner(new HeardOfSpeaker(Spanish, 0, [1, 3], []));

        Assert.Equal(0, _work.ReadsAfter(request));
        Assert.Equal("es2:Dos.!", _work.Missed(request));
    }

    [Fact]
    public void Who_has_all_that_is_no_longer_remembered_needs_no_transcript()
    {
        _work.Ended(4, "Cuatro.");

        Assert.Null(_work.ReadsAfter(_work.Returner(new HeardOfSpeaker(Spanish, 1, [2, 3], []))));
        Assert.Equal(1, _work.ReadsAfter(_work.Returner(new HeardOfSpeaker(Spanish, 1, [2], []))));
        Assert.Null(_work.ReadsAfter(_work.Returner(new HeardOfSpeaker(Spanish, int.MaxValue, [], []))));
    }

    [Fact]
    public void Who_was_away_for_longer_than_memory_goes_back_has_the_transcript_read()
    {
        Assert.Null(_work.ReadsAfter(_work.Returner() with { Away = TimeSpan.FromSeconds(7) }));
        Assert.Equal(0, _work.ReadsAfter(_work.Returner() with { Away = TimeSpan.FromSeconds(8) }));
    }

    [Fact]
    public void What_ended_before_they_left_is_not_missed()
    {
        _work.Time.Advance(TimeSpan.FromSeconds(20));
        _work.Recorded(4, "Cuatro.");
        _work.Time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal("es4:Cuatro.!", _work.Missed(_work.Returner() with { Away = TimeSpan.FromSeconds(12) }));
    }

    [Fact]
    public void What_is_remembered_comes_from_memory_alone()
    {
        _work.Ended(3, "Tres, pero nuevo.");

        var missed = _work.Missed(_work.Returner(new HeardOfSpeaker(Spanish, 1, [], [])));

        Assert.Equal("es2:Dos.! es3:Tres, pero nuevo.! begin1 chunk1 chunk2 end1", missed);
    }

    [Fact]
    public void Each_language_of_captions_is_judged_by_itself()
    {
        var request = _work.Returner(new HeardOfSpeaker(Spanish, 3, [], []), new HeardOfSpeaker(English, 2, [], []));

        var missed = _work.Missed(request with { Wants = VoiceGrains.Calls.Wants.Captions | VoiceGrains.Calls.Wants.OriginalCaptions });

        Assert.Equal("en3:Hello.!", missed);
    }

    [Fact]
    public void A_newcomer_has_missed_nothing()
    {
        Assert.Null(_work.ReadsAfter(_work.Newcomer with { Away = TimeSpan.FromHours(1) }));
        Assert.Equal("", _work.Missed(_work.Newcomer));
    }
}
