using System.Collections.Immutable;
using VoiceGrains.Gateway.Links;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Tests.Support;

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

        Assert.True(Takes(listening, Ana, Caption(1)));
        Assert.False(Takes(listening, Ana, Chunk(1, 0)));
        Assert.False(Takes(listening, Ana, End(1)));
        Assert.True(Takes(listening, Ana, Begin(2)));
        Assert.True(Takes(listening, Ana, Chunk(2, 0)));
        Assert.False(Takes(listening, Bob, Chunk(2, 0)));
    }

    [Fact]
    public void A_returner_is_held_off_until_they_are_caught_up()
    {
        var listening = Returner();
        listening.Ask([Ana], isWhole: true);
        Delivery[] live = [Caption(1), Begin(1), Chunk(1, 0), End(1)];

        Assert.All(live, delivery => Assert.False(Takes(listening, Ana, delivery)));
        listening.CatchUp(Ana, []);

        Assert.All(live, delivery => Assert.True(Takes(listening, Ana, delivery)));
    }

    [Fact]
    public void Voices_as_they_are_and_notices_are_never_held_off()
    {
        var listening = Returner();

        Assert.True(Takes(listening, Ana, new OriginalDelivery(Spanish, 1, TimeSpan.Zero, new byte[640])));
        Assert.True(Takes(listening, Ana, new NoticeDelivery(Spanish, NoticeKind.NoVoice, ToSpeaker: false)));
    }

    [Fact]
    public void Until_the_roster_is_whole_a_returner_waits_for_speakers_unknown_too()
    {
        var listening = Returner();
        Assert.False(Takes(listening, Bob, Caption(1)));
        listening.Ask([Ana], isWhole: false);
        Assert.False(Takes(listening, Bob, Caption(1)));

        Assert.Equal([Bob], listening.Ask([Ana, Bob], isWhole: true));

        Assert.False(Takes(listening, Bob, Caption(1)));
        Assert.True(Takes(listening, new ParticipantId("eve"), Caption(1)));
    }

    [Fact]
    public void Who_can_not_be_caught_up_hears_what_everybody_hears()
    {
        var listening = Returner();
        listening.Ask([Ana], isWhole: true);

        listening.GiveUp(Ana);

        Assert.True(Takes(listening, Ana, Caption(1)));
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
        Assert.True(Takes(listening, Ana, Chunk(1, 200)));
        Assert.True(Takes(listening, Ana, End(1)));
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
        Takes(listening, Bob, Begin(1));

        for (var segment = 1; segment <= 3_000; segment++)
        {
            Assert.True(Takes(listening, Ana, Begin(1) with { Segment = segment }));
            Assert.True(Takes(listening, Ana, Chunk(1, 0) with { Segment = segment }));
            Assert.True(Takes(listening, Bob, Chunk(1, 100)));
        }
    }

    [Fact]
    public void Who_heard_less_of_a_clause_than_others_at_the_gateway_hears_the_rest_when_it_is_spoken_anew()
    {
        var listening = Returner(new HeardClauseOf(1, 1, Ms(50), IsWhole: false));
        listening.Ask([Ana], isWhole: true);
        listening.CatchUp(Ana, []);

        // Others have the clause until 150 ms.
        var begin = listening.Take(Ana, Begin(1), shared: null);
        var first = listening.Take(Ana, Chunk(1, 0), shared: null);
        var rest = Chunk(1, 150) with { Audio = new byte[1_600] };
        var second = listening.Take(Ana, Chunk(1, 100), new NewDelivery(rest, 2, Ms(0)));
        var end = listening.Take(Ana, End(1), Shared(End(1)));

        Assert.Equal(Ms(50), begin?.From);
        Assert.Equal((Ms(50), 1_600), first?.Delivery is SpeechChunkDelivery part ? (part.At, part.Audio.Length) : default);
        Assert.Equal((Ms(100), 3_200), second?.Delivery is SpeechChunkDelivery whole ? (whole.At, whole.Audio.Length) : default);
        Assert.NotNull(end);
    }

    [Fact]
    public void A_final_caption_that_others_at_the_gateway_have_comes_to_who_has_it_not()
    {
        var listening = Returner();
        listening.Ask([Ana], isWhole: true);
        listening.CatchUp(Ana, [Caption(1)]);
        var final = Caption(1) with { Revision = 2, IsFinal = true };

        Assert.NotNull(listening.Take(Ana, final, shared: null));
        Assert.Null(listening.Take(Ana, final, shared: null));
    }

    [Fact]
    public void Who_has_what_the_others_have_gets_the_same_message()
    {
        var listening = Returner();
        listening.Ask([Ana], isWhole: true);
        listening.CatchUp(Ana, []);
        var caption = Caption(1);
        var shared = Shared(caption);

        Assert.Same(shared, listening.Take(Ana, caption, shared));
    }

    [Fact]
    public void Time_away_grows_until_the_speakers_are_asked()
    {
        var time = new ManualTime();
        var listening = Listening.Back(TimeSpan.FromSeconds(1), [], time);

        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(TimeSpan.FromSeconds(4), listening.Away);
    }

    static bool Takes(Listening listening, ParticipantId speaker, Delivery delivery) => listening.Take(speaker, delivery, Shared(delivery)) is not null;

    static NewDelivery Shared(Delivery delivery) => new(delivery, 0, TimeSpan.Zero);

    static Listening Returner(params ImmutableArray<HeardClauseOf> clauses) =>
        Listening.Back(TimeSpan.FromSeconds(1), new() { [Ana] = [new HeardOfSpeaker(Spanish, 0, [], clauses)] }, new ManualTime());

    static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    static CaptionDelivery Caption(int segment) => new(
        Spanish, segment, 1, Language.Parse("en"), "text", "", false, TranslationQuality.Good, SegmentOrigin.Spoken, StageLatency.None);

    static SpeechBeginDelivery Begin(int clause) => new(Spanish, 1, clause, "text", StageLatency.None);

    static SpeechChunkDelivery Chunk(int clause, int at) => new(Spanish, 1, clause, Ms(at), new byte[3_200]);

    static SpeechEndDelivery End(int clause) => new(Spanish, 1, clause, Ms(200), IsWhole: true);
}
