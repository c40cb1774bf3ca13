using VoiceGrains.Engines;
using VoiceGrains.Media;
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
