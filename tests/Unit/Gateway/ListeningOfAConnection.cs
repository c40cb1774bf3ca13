using System.Collections.Immutable;
using VoiceGrains.Gateway.Links;
using VoiceGrains.Media;
using VoiceGrains.Participants;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>Who comes back gets what they missed of a speaker first and everything after it once; who is new gets everything from the next clause on.</summary>
public sealed class ListeningOfAConnection
{
    static readonly Language Spanish = Language.Parse("es");
    static readonly ParticipantId Ana = new("ana");
    static readonly ParticipantId Bob = new("bob");

    [Fact]
    public void A_newcomer_reads_at_once_and_hears_from_the_next_clause_on()
    {
        var listening = Listening.Newcomer;
        listening.Ask([Ana], isWhole: true);

        Assert.True(listening.Takes(Ana, Caption(1)));
        Assert.False(listening.Takes(Ana, Chunk(1, 0)));
        Assert.False(listening.Takes(Ana, End(1)));
        Assert.True(listening.Takes(Ana, Begin(2)));
        Assert.True(listening.Takes(Ana, Chunk(2, 0)));
        Assert.False(listening.Takes(Bob, Chunk(2, 0)));
    }

    [Fact]
    public void A_returner_is_held_off_until_they_are_caught_up()
    {
        var listening = Returner();
        listening.Ask([Ana], isWhole: true);
        Delivery[] live = [Caption(1), Begin(1), Chunk(1, 0), End(1)];

        Assert.All(live, delivery => Assert.False(listening.Takes(Ana, delivery)));
        listening.CatchUp(Ana, []);

        Assert.All(live, delivery => Assert.True(listening.Takes(Ana, delivery)));
    }

    [Fact]
    public void Voices_as_they_are_and_notices_are_never_held_off()
    {
        var listening = Returner();

        Assert.True(listening.Takes(Ana, new OriginalDelivery(Spanish, 1, TimeSpan.Zero, new byte[640])));
        Assert.True(listening.Takes(Ana, new NoticeDelivery(Spanish, NoticeKind.NoVoice, ToSpeaker: false)));
    }

    [Fact]
    public void Until_the_roster_is_whole_a_returner_waits_for_speakers_unknown_too()
    {
        var listening = Returner();
        Assert.False(listening.Takes(Bob, Caption(1)));
        listening.Ask([Ana], isWhole: false);
        Assert.False(listening.Takes(Bob, Caption(1)));

        Assert.Equal([Bob], listening.Ask([Ana, Bob], isWhole: true));

        Assert.False(listening.Takes(Bob, Caption(1)));
        Assert.True(listening.Takes(new ParticipantId("eve"), Caption(1)));
    }

    [Fact]
    public void Who_can_not_be_caught_up_hears_what_everybody_hears()
    {
        var listening = Returner();
        listening.Ask([Ana], isWhole: true);

        listening.GiveUp(Ana);

        Assert.True(listening.Takes(Ana, Caption(1)));
    }

    [Fact]
    public void What_is_missed_of_a_clause_continues_where_it_was_left_and_goes_on_live()
    {
        var listening = Returner(new HeardClauseOf(1, 1, Ms(50), IsWhole: false));
        listening.Ask([Ana], isWhole: true);

        var missed = listening.CatchUp(Ana, [Begin(1), Chunk(1, 0), Chunk(1, 100)]);

        Assert.Equal([Ms(50), Ms(0), Ms(0)], missed.Select(static each => each.From));
        Assert.Equal([Ms(50), Ms(100)], missed.Select(static each => each.Delivery).OfType<SpeechChunkDelivery>().Select(static chunk => chunk.At));
        Assert.Equal([0, 1, 2], missed.Select(static each => each.Chunks));
        Assert.True(listening.Takes(Ana, Chunk(1, 200)));
        Assert.True(listening.Takes(Ana, End(1)));
    }

    [Fact]
    public void A_clause_that_was_heard_to_its_end_is_not_heard_again_and_its_end_neither()
    {
        var listening = Returner(new HeardClauseOf(1, 1, Ms(200), IsWhole: true));

        var missed = listening.CatchUp(Ana, [Begin(1), Chunk(1, 0), Chunk(1, 100), End(1), Begin(2)]);

        Assert.Equal(2, Assert.IsType<SpeechBeginDelivery>(Assert.Single(missed).Delivery).Clause);
    }

    [Fact]
    public void A_clause_that_is_being_heard_is_heard_to_its_end_however_many_segments_there_were()
    {
        var listening = Listening.Newcomer;
        listening.Takes(Bob, Begin(1));

        for (var segment = 1; segment <= 3_000; segment++)
        {
            Assert.True(listening.Takes(Ana, Begin(1) with { Segment = segment }));
            Assert.True(listening.Takes(Ana, Chunk(1, 0) with { Segment = segment }));
            Assert.True(listening.Takes(Bob, Chunk(1, 100)));
        }
    }

    static Listening Returner(params ImmutableArray<HeardClauseOf> clauses) =>
        Listening.Back(TimeSpan.FromSeconds(1), new() { [Ana] = [new HeardOfSpeaker(Spanish, 0, [], clauses)] });

    static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    static CaptionDelivery Caption(int segment) => new(
        Spanish, segment, 1, Language.Parse("en"), "text", "", false, TranslationQuality.Good, SegmentOrigin.Spoken, StageLatency.None);

    static SpeechBeginDelivery Begin(int clause) => new(Spanish, 1, clause, "text", StageLatency.None);

    static SpeechChunkDelivery Chunk(int clause, int at) => new(Spanish, 1, clause, Ms(at), new byte[3_200]);

    static SpeechEndDelivery End(int clause) => new(Spanish, 1, clause, Ms(200), IsWhole: true);
}
