using System.Collections.Immutable;
using VoiceGrains.Calls;
using VoiceGrains.Checkpoints;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Tests.Support;
using static VoiceGrains.Tests.Unit.Grains.Sent;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Who comes to a gateway gets what they miss of a speaker, once: a newcomer what is open, a returner what did not reach them.</summary>
public sealed class WhatAListenerMissed
{
    readonly MissedWork _work = new();

    [Fact]
    public void A_newcomer_gets_the_captions_that_are_open_and_no_speech()
    {
        _work.Ended(1, "Hola.");
        _work.Open(2, "Adiós.");

        Assert.Equal("es2:Adiós.", _work.Missed(_work.Newcomer));
        Assert.Null(_work.ReadsAfter(_work.Newcomer));
    }

    [Fact]
    public void A_returner_gets_what_ended_since_they_left_and_all_speech_not_begun_there()
    {
        _work.Ended(1, "Hola.");
        _work.Open(2, "Adiós.");

        Assert.Equal("es1:Hola.! begin1 chunk1 chunk2 end1 es2:Adiós. begin1 chunk1 chunk2", _work.Missed(_work.Returner()));
    }

    [Fact]
    public void What_was_heard_is_not_sent_again()
    {
        _work.Ended(1, "Hola.");
        _work.Ended(2, "Adiós.");

        var missed = _work.Missed(_work.Returner(Heard(after: 0, finals: [1], Whole(1, 1))));

        Assert.Equal("es2:Adiós.! begin1 chunk1 chunk2 end1", missed);
    }

    [Fact]
    public void Nothing_up_to_the_segment_they_name_is_missed()
    {
        _work.Ended(1, "Hola.");
        _work.Ended(2, "Adiós.");

        Assert.Equal("", _work.Missed(_work.Returner(Heard(after: 2, finals: []))));
    }

    [Fact]
    public void Of_a_clause_heard_in_part_only_the_chunks_with_something_new_are_sent()
    {
        _work.Ended(1, "Hola.");

        Assert.Equal("begin1 chunk2 end1", _work.Missed(_work.Returner(Heard(0, [1], Part(1, 1, milliseconds: 20)))));
        Assert.Equal("begin1 chunk1 chunk2 end1", _work.Missed(_work.Returner(Heard(0, [1], Part(1, 1, milliseconds: 19)))));
        Assert.Equal("begin1 end1", _work.Missed(_work.Returner(Heard(0, [1], Part(1, 1, milliseconds: 40)))));
    }

    [Fact]
    public void A_clause_that_began_more_than_eight_seconds_ago_is_read_only_unless_it_was_heard_in_part()
    {
        _work.Ended(1, "Hola.");
        _work.Time.Advance(TimeSpan.FromSeconds(8.5));

        Assert.Equal("es1:Hola.!", _work.Missed(_work.Returner(Heard(0, []))));
        Assert.Equal("begin1 chunk2 end1", _work.Missed(_work.Returner(Heard(0, [1], Part(1, 1, milliseconds: 20)))));
    }

    [Fact]
    public void A_final_caption_from_before_they_left_was_heard_unless_they_say_otherwise()
    {
        _work.Ended(1, "Hola.");
        _work.Time.Advance(TimeSpan.FromSeconds(9));

        Assert.Equal("", _work.Missed(_work.Returner() with { Away = TimeSpan.FromSeconds(6) }));
        Assert.Equal("es1:Hola.!", _work.Missed(_work.Returner() with { Away = TimeSpan.FromSeconds(8) }));
    }

    [Fact]
    public void Speech_is_for_those_who_want_it_and_not_for_the_speaker()
    {
        _work.Open(1, "Hola.");

        Assert.Equal("es1:Hola.", _work.Missed(_work.Returner() with { Wants = Wants.Captions }));
        Assert.Equal("begin1 chunk1 chunk2", _work.Missed(_work.Returner() with { Wants = Wants.Speech }));
        Assert.Equal("es1:Hola.", _work.Missed(_work.Returner() with { Listener = SpeakerAtWork.Ana }));
        Assert.Equal("", _work.Missed(_work.Returner() with { Language = French }));
    }

    [Fact]
    public void Originals_are_for_those_who_speak_the_language_or_want_them()
    {
        _work.Ended(1, "Hola.");

        Assert.Equal("en1:Hello.!", _work.Missed(_work.Returner() with { Language = Language.Parse("en-GB") }));
        Assert.Equal("en1:Hello.! es1:Hola.!", _work.Missed(_work.Returner() with { Wants = Wants.Captions | Wants.OriginalCaptions }));
    }

    static HeardOfSpeaker Heard(int after, ImmutableArray<int> finals, params ImmutableArray<HeardClauseOf> clauses) => new(Spanish, after, finals, clauses);

    static HeardClauseOf Whole(int segment, int clause) => new(segment, clause, TimeSpan.FromMilliseconds(40), IsWhole: true);

    static HeardClauseOf Part(int segment, int clause, int milliseconds) => new(segment, clause, TimeSpan.FromMilliseconds(milliseconds), IsWhole: false);
}
