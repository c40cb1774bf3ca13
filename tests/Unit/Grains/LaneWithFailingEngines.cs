using VoiceGrains.Engines;
using VoiceGrains.Lanes;
using VoiceGrains.Media;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>An engine that fails costs as little of a sentence as can be.</summary>
public sealed class LaneWithFailingEngines
{
    readonly LaneAtWork _work = new();

    [Fact]
    public Task What_one_engine_declines_the_next_translates() => _work.Run([new ToldTranslator(), new ToldTranslator("Hola.")], async lane =>
    {
        await _work.Say(lane, "Hello.");

        Assert.Equal("Hola.", _work.Final().Committed);
    });

    [Fact]
    public Task An_engine_that_fails_before_its_first_clause_leaves_the_sentence_to_the_next() =>
        _work.Run([new ToldTranslator("Bue", FaultKind.Transport), new ToldTranslator("Buenos días.")], async lane =>
        {
            await _work.Say(lane, "Good morning.");

            Assert.Equal("Buenos días.", _work.Final().Committed);
            Assert.Equal("begin1 chunk1 end1", _work.Speech());
        });

    [Fact]
    public Task What_was_committed_stands_when_the_engine_fails_after_it()
    {
        var second = new ToldTranslator("Something else.");
        return _work.Run([new ToldTranslator("Buenos días, ", FaultKind.Transport), second], async lane =>
        {
            await _work.Say(lane, "Good morning, how are you?");

            Assert.Equal("Buenos días,", _work.Final().Committed);
            Assert.Empty(second.Asked);
        });
    }

    [Fact]
    public Task A_sentence_that_was_begun_is_finished_by_an_engine_that_is_told_how_it_begins()
    {
        var second = new ToldTranslator("Something else.");
        var third = new ToldTranslator("¿cómo ", "estás?") { CanContinue = true };
        return _work.Run([new ToldTranslator("Buenos días, có", FaultKind.Transport), second, third], async lane =>
        {
            await _work.Say(lane, "Good morning, how are you?");

            Assert.Equal("Buenos días, ¿cómo estás?", _work.Final().Committed);
            Assert.Empty(second.Asked);
            Assert.Equal(("Buenos días,", "", "Good morning, how are you?"), (third.Asked[0].Begun, third.Asked[0].Committed, third.Asked[0].Text));
            Assert.DoesNotContain(_work.Gateway.Arrived, static delivery => delivery is NoticeDelivery);
        });
    }

    [Fact]
    public Task What_had_come_of_a_clause_is_read_when_nobody_goes_on_with_it() =>
        _work.Run([new ToldTranslator("Buenos días, cómo", FaultKind.Transport), new ToldTranslator(FaultKind.Quota) { CanContinue = true }], async lane =>
        {
            await _work.Say(lane, "Good morning, how are you?");

            Assert.Equal("Buenos días, cómo", _work.Final().Committed);
            Assert.Contains(_work.Gateway.Arrived, static delivery => delivery is NoticeDelivery { Kind: NoticeKind.TranslatorFailed });
        });

    [Fact]
    public Task An_engine_that_is_known_to_fail_is_not_asked()
    {
        var (first, second) = (new ToldTranslator("No."), new ToldTranslator("Hola."));
        _work.Health = new ToldHealth(first);
        return _work.Run([first, second], async lane =>
        {
            await _work.Say(lane, "Hello.");

            Assert.Equal("Hola.", _work.Final().Committed);
            Assert.Empty(first.Asked);
            Assert.Equal(["told: well", "scripted: well"], _work.Health.Noted);
        });
    }

    [Fact]
    public Task While_no_voice_works_captions_go_on_and_it_is_told_once() => Voiceless(async (lane, synthesizer) =>
    {
        await _work.Say(lane, "Hello.", segment: 1);
        await _work.Say(lane, "Hello.", segment: 2);
        Assert.Equal("", _work.Speech());
        Assert.Equal(2, _work.Gateway.Arrived.OfType<CaptionDelivery>().Count(static caption => caption.IsFinal));
        Assert.Single(_work.Gateway.Arrived.OfType<NoticeDelivery>(), static notice => notice.Kind == NoticeKind.SynthesizerFailed);

        _work.Health!.IsWell(synthesizer);
        await _work.Say(lane, "Hello.", segment: 3);

        Assert.Equal("begin1 chunk1 end1", _work.Speech());
    });

    Task Voiceless(Func<Lane, ISynthesizer, Task> test)
    {
        var synthesizer = new ScriptedSynthesizer();
        _work.Synthesizer = synthesizer;
        _work.Health = new ToldHealth(synthesizer);
        return _work.Run([new ToldTranslator("Hola.")], lane => test(lane, synthesizer));
    }

    [Fact]
    public Task An_engine_that_stalls_leaves_the_sentence_to_the_next_after_ten_seconds() =>
        _work.Run([new ToldTranslator([null]), new ToldTranslator("Hola.")], async lane =>
        {
            lane.Take(_work.Sentence("Hello."));
            await Until.True("the limit runs", () => _work.Time.Waiting > 0);

            _work.Time.Advance(TimeSpan.FromSeconds(10));
            await _work.Rest(lane);

            Assert.Equal("Hola.", _work.Final().Committed);
        });

    [Fact]
    public Task What_no_engine_translates_is_read_in_the_original_and_not_spoken() => _work.Run([new ToldTranslator(FaultKind.Quota)], async lane =>
    {
        await _work.Say(lane, "Hello.");

        Assert.Equal(("Hello.", TranslationQuality.Untranslated), (_work.Final().Committed, _work.Final().Quality));
        Assert.Equal("", _work.Speech());
        Assert.Contains(_work.Gateway.Arrived, static delivery => delivery is NoticeDelivery { Kind: NoticeKind.TranslatorFailed });
    });

    [Fact]
    public Task A_voice_that_breaks_ends_its_clause_and_the_caption_stands()
    {
        _work.Synthesizer = new BreakingSynthesizer();
        return _work.Run([new ToldTranslator("Hola.")], async lane =>
        {
            await _work.Say(lane, "Hello.");

            Assert.Equal("begin1 chunk1 end1!", _work.Speech());
            Assert.Equal("Hola.", _work.Final().Committed);
            Assert.Contains(_work.Gateway.Arrived, static delivery => delivery is NoticeDelivery { Kind: NoticeKind.SynthesizerFailed });
        });
    }
}
