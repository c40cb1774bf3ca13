using FsCheck;
using FsCheck.Fluent;
using VoiceGrains.Engines;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Models;
using VoiceGrains.Eval.Profiles;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>The translator of the evaluation: tagged drafts that continue, and the mistakes that the profile orders.</summary>
public sealed class TranslatingOfDrafts
{
    static readonly HashSet<TokenKey> Nothing = [];

    [Fact]
    public void All_words_give_the_translation_of_the_whole() => Law.Holds(Cases, static given =>
    {
        var tokens = Model(given.Talk, given.To, World.Perfect.Translator).Translate(World.Request(given.Talk, given.Talk.Words.Length), Nothing);
        return World.Text(given.To, tokens) == given.Talk.Utterances[0].Translation(given.To);
    });

    [Fact]
    public void A_draft_over_fewer_words_is_a_beginning_of_the_draft_over_more() => Law.Holds(Cases, static given =>
    {
        var model = Model(given.Talk, given.To, World.Perfect.Translator);
        var texts = Enumerable.Range(1, given.Talk.Words.Length).Select(count => World.Text(given.To, model.Translate(World.Request(given.Talk, count), Nothing)));
        return texts.Zip(texts.Skip(1)).All(static pair => pair.Second.StartsWith(pair.First, StringComparison.Ordinal));
    });

    [Fact]
    public void Tags_say_exactly_which_words_a_fragment_needs() => Law.Holds(Cases, static given =>
    {
        var model = Model(given.Talk, given.To, World.Perfect.Translator);
        var all = given.Talk.Words.Length;
        var tokens = model.Translate(World.Request(given.Talk, all), Nothing);
        // With as many words as a token needs it is there; with one less it is not.
        return tokens.All(token => Has(model, given.Talk, token, token.Needs) && !Has(model, given.Talk, token, token.Needs - 1))
            && model.InFragments(tokens, all).Zip(model.InFragments(tokens, all).Skip(1)).All(static pair => pair.First.Needs <= pair.Second.Needs);
    }, cases: 60);

    [Fact]
    public void A_continuation_gives_what_was_not_said_yet() => Law.Holds(Cases, static given =>
    {
        var model = Model(given.Talk, given.To, World.Shipped.Translator);
        var request = World.Request(given.Talk, given.Talk.Words.Length, isWhole: true);
        var all = model.Translate(request, Nothing);
        var said = all.Take(all.Length / 2).Select(static token => token.Key).ToHashSet();
        return model.Translate(request, said).SequenceEqual(all.Skip(all.Length / 2));
    });

    [Fact]
    public void Asked_for_everything_it_holds_nothing_back()
    {
        var talk = World.Sentence(2, 30);
        var model = Model(talk, Targets.German, World.Perfect.Translator);

        var lengths = Enumerable.Range(2, 20).Select(count => (
            Whole: model.Translate(World.Request(talk, count, isWhole: true), Nothing).Length, Held: model.Translate(World.Request(talk, count), Nothing).Length)).ToList();

        Assert.All(lengths, static each => Assert.True(each.Whole >= each.Held));
        Assert.Contains(lengths, static each => each.Whole > each.Held);
    }

    [Fact]
    public void A_wrong_word_is_translated_as_what_it_was_taken_for()
    {
        var talk = new Talk(1, [Enumerable.Range(0, 1000).Select(seed => World.Sentence(seed).Utterances[0]).First(static each => each.Words.Any(static word => word.Text == "fifteen"))]);
        var request = World.Request(talk, talk.Words.Length);
        var at = talk.Words.Select(static word => word.Text).ToList().IndexOf("fifteen");

        var tokens = Model(talk, Targets.Spanish, World.Perfect.Translator).Translate(
            request with { Words = request.Words.SetItem(at, request.Words[at] with { Text = "fifty" }) }, Nothing);

        Assert.Equal(("cincuenta", "fifty"), tokens.Where(token => token.Source == at).Select(static token => (Writing.Bare(token.Text), token.Heard)).First());
    }

    [Fact]
    public void Tags_are_too_low_as_often_as_the_profile_says()
    {
        var (low, all) = (0, 0);
        for (var seed = 0; seed < 400; seed++)
        {
            var talk = World.Sentence(seed);
            var (model, right) = (Model(talk, Targets.Spanish, World.Shipped.Translator, seed), Model(talk, Targets.Spanish, World.Perfect.Translator, seed));
            var tokens = model.Translate(World.Request(talk, talk.Words.Length), Nothing);
            var tags = model.InFragments(tokens, talk.Words.Length).Zip(right.InFragments(tokens, talk.Words.Length)).ToList();
            (low, all) = (low + tags.Count(static tag => tag.First.Needs < tag.Second.Needs), all + tags.Count);
        }

        // A little below two percent: tags never fall within a draft.
        Assert.InRange((double)low / all, 0.012, 0.022);
    }

    static Gen<(Talk Talk, Language To)> Cases =>
        from seed in Gen.Choose(0, 1_000_000)
        from to in Gen.Elements(Targets.All.ToArray())
        select (World.Sentence(seed), to);

    static TranslatorModel Model(Talk talk, Language to, TranslatorProfile profile, long seed = 1) => new(profile, seed, talk, to);

    static bool Has(TranslatorModel model, Talk talk, DraftToken token, int words) =>
        model.Translate(World.Request(talk, words), Nothing).Any(each => each.Key == token.Key);
}
