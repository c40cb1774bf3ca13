using VoiceGrains.Checkpoints;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using static VoiceGrains.Tests.Unit.Grains.Sent;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>A lane goes on in mid-segment: no clause is committed twice, and one that was not heard to its end is spoken anew.</summary>
public sealed class LaneAfterALoss
{
    readonly LaneAtWork _work = new();
    readonly ToldTranslator _translator = new("Buenos días, ", "¿cómo está hoy?");

    [Fact]
    public Task A_sentence_that_was_half_translated_commits_only_its_other_half() => _work.Run([_translator], async lane =>
    {
        Restore(Kept.Lane(["Buenos días,"], sentences: 0, clausesOfNext: 1));

        await _work.Say(lane, "Good morning, how are you today?");

        Assert.Equal(["Buenos días,", "¿cómo está hoy?"], Clauses());
        Assert.Equal("Buenos días, ¿cómo está hoy?", _work.Final().Committed);
        Assert.Equal("Buenos días, ¿cómo está hoy?", Assert.Single(_work.Translated).Translation.Text);
    });

    [Fact]
    public Task Only_the_first_sentence_after_the_loss_is_half_there() => _work.Run([_translator], async lane =>
    {
        Restore(Kept.Lane(["Hola,", "Buenos días,"], sentences: 1, clausesOfNext: 1));

        lane.Take(_work.Sentence("Good morning, how are you today?", isLast: false));
        await _work.Say(lane, "Good morning, how are you today?");

        Assert.Equal(["Hola,", "Buenos días,", "¿cómo está hoy?", "Buenos días,", "¿cómo está hoy?"], Clauses());
        Assert.Equal((3, 0), (TheLane.SentencesDone, TheLane.ClausesOfNext));
    });

    [Fact]
    public Task A_clause_that_was_not_heard_to_its_end_is_spoken_anew_with_its_number() => _work.Run([_translator], async lane =>
    {
        Restore(Kept.Lane(["Hola,", "Buenos días,"], sentences: 0, clausesOfNext: 2) with { IsHeard = true, SpokenThrough = 1 });

        await _work.Say(lane, "Hello, good morning.");

        Assert.Equal("begin2 chunk1 end2", _work.Speech());
        Assert.Equal(2, TheLane.SpokenThrough);
        Assert.True(TheLane.IsSettled);
    });

    [Fact]
    public Task What_was_heard_to_its_end_is_not_spoken_again() => _work.Run([_translator], async lane =>
    {
        Restore(Kept.Lane(["Hola."], sentences: 1) with { IsHeard = true, SpokenThrough = 1, IsFinal = true });

        lane.Take(_work.Sentence(""));
        await _work.Rest(lane);

        Assert.Equal("", _work.Speech());
        Assert.Empty(_translator.Asked);
        Assert.Equal("Hola.", Assert.Single(_work.Translated).Translation.Text);
    });

    [Fact]
    public Task The_worst_quality_before_the_loss_stays_that_of_the_whole() => _work.Run([_translator], async lane =>
    {
        Restore(Kept.Lane(["Hola."], sentences: 1) with { Quality = TranslationQuality.Rough });

        await _work.Say(lane, "Good morning, how are you today?");

        Assert.Equal(TranslationQuality.Rough, _work.Final().Quality);
    });

    [Fact]
    public Task Captions_are_above_the_revisions_before_the_loss() => _work.Run([_translator], async lane =>
    {
        Restore(Kept.Lane(["Hola."], sentences: 1));

        await _work.Say(lane, "Good morning, how are you today?");

        Assert.All(_work.Gateway.Arrived.OfType<CaptionDelivery>(), caption => Assert.True(caption.Revision > _work.Recent.FirstRevision));
        Assert.All(_work.Gateway.Arrived.OfType<CaptionDelivery>(), static caption => Assert.StartsWith("Hola.", caption.Committed, StringComparison.Ordinal));
    });

    RecentLane TheLane => _work.Recent.Lane(1, Spanish)!;

    void Restore(LaneCheckpoint lane) => _work.Recent.Restore(Kept.Checkpoint(Kept.Open(1, [], "", lane)), new Fence(1, 1));

    IEnumerable<string> Clauses() => TheLane.Clauses.Select(static clause => clause.Text);
}
