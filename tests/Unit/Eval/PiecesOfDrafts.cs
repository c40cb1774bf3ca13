using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Policies;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>Drafts cut into the pieces that peers commit.</summary>
public sealed class PiecesOfDrafts
{
    [Theory]
    [InlineData("es", "los clientes", "clientes", true)]
    [InlineData("es", "los clientes", "entes", false)]
    [InlineData("es", "los", "los", true)]
    [InlineData("es", "", "los", false)]
    [InlineData("ja", "私たちの上司は", "上司は", true)]
    [InlineData("ja", "私たちの guest", "guest", true)]
    [InlineData("ja", "私たちのguest", "guest", true)] // A word that nobody could translate stands in the text as it is.
    [InlineData("ja", "私たちの", "上司は", false)]
    public void A_word_that_the_translator_repeats_is_left_out(string to, string committed, string first, bool isOverlap)
    {
        var pieces = Pieces.WithoutOverlap([new Fragment(1, first), new Fragment(2, "x")], committed, Language.Parse(to));

        Assert.Equal(isOverlap ? 1 : 2, pieces.Length);
    }

    [Fact]
    public void Pieces_are_words_or_fragments_where_no_spaces_are_written()
    {
        var draft = new Draft(1, [new Fragment(1, "el plan"), new Fragment(3, "nuevo")]);

        Assert.Equal([new(1, "el"), new(1, "plan"), new(3, "nuevo")], Pieces.Of(draft, Targets.Spanish));
        Assert.Equal(draft.Fragments, Pieces.Of(draft, Targets.Japanese));
    }

    [Fact]
    public void A_fixed_lag_commits_what_needs_three_words_less_than_there_are() =>
        Assert.Equal(2, FixedLag.Ripe([new Fragment(1, "a"), new Fragment(2, "b"), new Fragment(3, "c")], 5));

    [Fact]
    public void Agreement_commits_what_two_drafts_begin_with() =>
        Assert.Equal(1, LocalAgreement.Ripe([new Fragment(1, "a"), new Fragment(2, "b")], [new Fragment(1, "a"), new Fragment(2, "c")]));
}
