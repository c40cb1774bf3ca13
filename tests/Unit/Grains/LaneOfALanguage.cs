using VoiceGrains.Calls;
using VoiceGrains.Deliveries;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;
using VoiceGrains.Media;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Support;
using VoiceGrains.Voices;
using static VoiceGrains.Tests.Unit.Grains.Sent;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>A sentence becomes clauses, captions and speech; an engine that fails costs as little of it as can be.</summary>
public sealed class LaneOfALanguage
{
    readonly ManualTime _time = new();
    readonly Gateway _gateway = new();
    readonly List<(int Segment, RecordedTranslation Translation)> _translated = [];
    ISynthesizer? _synthesizer = new ScriptedSynthesizer();
    Outlets _outlets = null!;

    [Fact]
    public Task A_sentence_is_read_and_heard_clause_by_clause() => WithLane([new ToldTranslator("Buenos días, ", "¿cómo está hoy?")], async lane =>
    {
        await Say(lane, "Good morning, how are you today?");

        Assert.Equal("begin1 chunk1 end1 begin2 chunk1 end2", Speech());
        Assert.Equal("Buenos días, ¿cómo está hoy?", Final().Committed);
        Assert.Equal((1, new RecordedTranslation(Spanish, "Buenos días, ¿cómo está hoy?", TranslationQuality.Good)), Assert.Single(_translated));
    });

    [Fact]
    public Task What_one_engine_declines_the_next_translates() => WithLane([new ToldTranslator(), new ToldTranslator("Hola.")], async lane =>
    {
        await Say(lane, "Hello.");

        Assert.Equal("Hola.", Final().Committed);
    });

    [Fact]
    public Task An_engine_that_fails_before_its_first_clause_leaves_the_sentence_to_the_next() =>
        WithLane([new ToldTranslator("Bue", FaultKind.Transport), new ToldTranslator("Buenos días.")], async lane =>
        {
            await Say(lane, "Good morning.");

            Assert.Equal("Buenos días.", Final().Committed);
            Assert.Equal("begin1 chunk1 end1", Speech());
        });

    [Fact]
    public Task What_was_committed_stands_when_the_engine_fails_after_it()
    {
        var second = new ToldTranslator("Something else.");
        return WithLane([new ToldTranslator("Buenos días, ", FaultKind.Transport), second], async lane =>
        {
            await Say(lane, "Good morning, how are you?");

            Assert.Equal("Buenos días,", Final().Committed);
            Assert.Empty(second.Asked);
        });
    }

    [Fact]
    public Task An_engine_that_stalls_leaves_the_sentence_to_the_next_after_ten_seconds() =>
        WithLane([new ToldTranslator([null]), new ToldTranslator("Hola.")], async lane =>
        {
            lane.Take(Sentence("Hello."));
            await Until.True("the limit runs", () => _time.Waiting > 0);

            _time.Advance(TimeSpan.FromSeconds(10));
            await Rest(lane);

            Assert.Equal("Hola.", Final().Committed);
        });

    [Fact]
    public Task What_no_engine_translates_is_read_in_the_original_and_not_spoken() => WithLane([new ToldTranslator(FaultKind.Quota)], async lane =>
    {
        await Say(lane, "Hello.");

        Assert.Equal(("Hello.", TranslationQuality.Untranslated), (Final().Committed, Final().Quality));
        Assert.Equal("", Speech());
        Assert.Contains(_gateway.Arrived, static delivery => delivery is NoticeDelivery { Kind: NoticeKind.TranslatorFailed });
    });

    [Fact]
    public Task A_continued_segment_tells_the_engine_what_was_said_before()
    {
        var engine = new ToldTranslator("Hola.");
        return WithLane([engine], async lane =>
        {
            lane.Take(Sentence("Hello.", isLast: false));
            await Say(lane, "Bye.");

            Assert.Equal(["", "Hola."], engine.Asked.Select(static asked => asked.Committed));
            Assert.Equal("Hola. Hola.", Assert.Single(_translated).Translation.Text);
        });
    }

    [Fact]
    public Task What_nobody_wants_to_hear_is_not_spoken() => WithLane([new ToldTranslator("Hola.")], async lane =>
    {
        lane.IsHeard = false;

        await Say(lane, "Hello.");

        Assert.Equal("Hola.", Final().Committed);
        Assert.Equal("", Speech());
    });

    [Fact]
    public Task Without_a_voice_there_are_captions_and_one_notice()
    {
        _synthesizer = null;
        return WithLane([new ToldTranslator("Hola.")], async lane =>
        {
            await Say(lane, "Hello.", segment: 1);
            await Say(lane, "Hello.", segment: 2);

            Assert.Equal([1, 2], _translated.Select(static each => each.Segment));
            Assert.Single(_gateway.Arrived, static delivery => delivery is NoticeDelivery { Kind: NoticeKind.NoVoice });
        });
    }

    [Fact]
    public Task A_voice_that_breaks_ends_its_clause_and_the_caption_stands()
    {
        _synthesizer = new BreakingSynthesizer();
        return WithLane([new ToldTranslator("Hola.")], async lane =>
        {
            await Say(lane, "Hello.");

            Assert.Equal("begin1 chunk1 end1!", Speech());
            Assert.Equal("Hola.", Final().Committed);
            Assert.Contains(_gateway.Arrived, static delivery => delivery is NoticeDelivery { Kind: NoticeKind.SynthesizerFailed });
        });
    }

    async Task Say(Lane lane, string text, int segment = 1)
    {
        lane.Take(Sentence(text, segment: segment));
        await Rest(lane);
    }

    async Task Rest(Lane lane)
    {
        await Until.True("the lane is at rest", () => lane.IsIdle);
        await _outlets.Drained();
    }

    Sentence Sentence(string text, bool isLast = true, int segment = 1) =>
        new(segment, English, text, isLast, SegmentOrigin.Spoken, new SentenceClock(null, _time.GetTimestamp(), _time));

    CaptionDelivery Final() => _gateway.Arrived.OfType<CaptionDelivery>().Single(static caption => caption.IsFinal);

    string Speech() => _gateway.Arrived.Where(static delivery => delivery is SpeechBeginDelivery or SpeechChunkDelivery or SpeechEndDelivery).Text();

    Task WithLane(ITranslator[] translators, Func<Lane, Task> test) => Turns.Run(async () =>
    {
        await using var outlets = new Outlets(new ParticipantId("ana"), _time);
        outlets.Apply(new Audience(new AudienceVersion(1, 1), [new Hearing(Spanish, new GatewayId("east"), _gateway, Wants.Captions | Wants.Speech, null)]));
        var services = new LaneServices(
            new EngineSet([], translators, _synthesizer is null ? [] : [_synthesizer]),
            outlets,
            _time,
            static language => Task.FromResult<Voice?>(new Voice("stock-female", Gender.Female, language)),
            (segment, translation) => _translated.Add((segment, translation)));
        await using var lane = new Lane(services, Spanish) { IsHeard = true };
        _outlets = outlets;
        await test(lane);
    });
}
