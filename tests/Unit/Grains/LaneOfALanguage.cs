using VoiceGrains.Calls;
using VoiceGrains.Media;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>A sentence becomes clauses, captions and speech, as far as somebody wants them.</summary>
public sealed class LaneOfALanguage
{
    readonly LaneAtWork _work = new();

    [Fact]
    public Task A_sentence_is_read_and_heard_clause_by_clause() => _work.Run([new ToldTranslator("Buenos días, ", "¿cómo está hoy?")], async lane =>
    {
        await _work.Say(lane, "Good morning, how are you today?");

        Assert.Equal("begin1 chunk1 end1 begin2 chunk1 chunk11 end2", _work.Speech());
        Assert.Equal("Buenos días, ¿cómo está hoy?", _work.Final().Committed);
        Assert.Equal((1, new RecordedTranslation(Sent.Spanish, "Buenos días, ¿cómo está hoy?", TranslationQuality.Good)), Assert.Single(_work.Translated));
    });

    [Fact]
    public Task A_continued_segment_tells_the_engine_what_was_said_before()
    {
        var engine = new ToldTranslator("Hola.");
        return _work.Run([engine], async lane =>
        {
            lane.Take(_work.Sentence("Hello.", isLast: false));
            await _work.Say(lane, "Bye.");

            Assert.Equal(["", "Hola."], engine.Asked.Select(static asked => asked.Committed));
            Assert.Equal("Hola. Hola.", Assert.Single(_work.Translated).Translation.Text);
        });
    }

    [Fact]
    public Task What_nobody_wants_to_hear_is_not_spoken() => _work.Run([new ToldTranslator("Hola.")], async lane =>
    {
        _work.IsHeard = false;

        await _work.Say(lane, "Hello.");

        Assert.Equal("Hola.", _work.Final().Committed);
        Assert.Equal("", _work.Speech());
    });

    [Fact]
    public Task A_mark_that_comes_alone_is_read_and_no_voice_has_to_say_it() => _work.Run([new ToldTranslator("Hola. ", "…")], async lane =>
    {
        await _work.Say(lane, "Hello …");

        Assert.Equal("Hola. …", _work.Final().Committed);
        Assert.Equal("begin1 chunk1 end1", _work.Speech());
    });

    [Fact]
    public Task Without_a_voice_there_are_captions_and_one_notice()
    {
        _work.Synthesizer = null;
        return _work.Run([new ToldTranslator("Hola.")], async lane =>
        {
            await _work.Say(lane, "Hello.", segment: 1);
            await _work.Say(lane, "Hello.", segment: 2);

            Assert.Equal([1, 2], _work.Translated.Select(static each => each.Segment));
            Assert.Single(_work.Gateway.Arrived, static delivery => delivery is NoticeDelivery { Kind: NoticeKind.NoVoice });
        });
    }
}
