using FsCheck.Fluent;
using VoiceGrains.Eval.Clock;
using VoiceGrains.Eval.Corpora;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>Generated talks: parallel in all languages by construction, and timed as speech is.</summary>
public sealed class TalksMadeUp
{
    [Fact]
    public void Units_follow_each_other_without_a_gap_and_their_tokens_point_into_them() => Law.Holds(Gen.Choose(0, 1_000_000), static seed =>
    {
        var utterance = World.Sentence(seed).Utterances[0];
        var ends = utterance.Units.Select(static unit => unit.End).ToList();
        return utterance.Units.Select(static unit => unit.First).SequenceEqual(ends.Prepend(0).SkipLast(1)) && ends[^1] == utterance.Words.Length
            && utterance.Units.All(static unit => Targets.All.All(to => unit.Tokens(to).All(token => token.Source >= unit.First && token.Source < unit.End)));
    });

    [Fact]
    public void Words_have_some_length_and_follow_each_other_with_pauses_too_short_to_end_the_turn() => Law.Holds(Gen.Choose(0, 1_000_000), static seed =>
    {
        var words = World.Sentence(seed, 36).Words;
        return words.All(static word => word.End - word.Start >= TimeSpan.FromMilliseconds(100))
            && words.Zip(words.Skip(1)).All(static pair => pair.Second.Start >= pair.First.End && pair.Second.Start - pair.First.End < World.Shipped.Recognizer.Endpoint);
    });

    [Fact]
    public void No_word_of_a_translation_comes_twice_in_a_row() => Law.Holds(Gen.Choose(0, 1_000_000), static seed => Targets.All.All(to =>
    {
        var words = World.Sentence(seed, 36).Utterances[0].Units.SelectMany(unit => unit.Tokens(to)).Select(static token => token.Text).ToList();
        return words.Zip(words.Skip(1)).All(static pair => pair.First != pair.Second);
    }));

    [Fact]
    public void A_corpus_has_as_many_utterances_as_asked_for_short_and_long_ones_and_monologues()
    {
        var corpus = Corpus.Generate(World.Shipped.Corpus, 1);

        Assert.Equal(400, corpus.Talks.Sum(static talk => talk.Utterances.Length));
        Assert.Equal(60, corpus.Talks.Count(static talk => talk.Words.Length <= 4));
        Assert.Equal(10, corpus.Talks.Count(static talk => talk.Utterances.Length == 8));
        Assert.InRange(corpus.LongMonologue.End, TimeSpan.FromMinutes(29.8), TimeSpan.FromMinutes(30.5));
    }

    [Fact]
    public void More_utterances_leave_those_before_as_they_are() => Assert.Equal(
        Corpus.Generate(World.Shipped.Corpus with { Utterances = 10, ShortAnswerShare = 0, MonologueShare = 0 }, 1).Talks.Select(static talk => talk.End),
        Corpus.Generate(World.Shipped.Corpus with { Utterances = 30, ShortAnswerShare = 0, MonologueShare = 0 }, 1).Talks.Take(10).Select(static talk => talk.End));

    [Fact]
    public void German_puts_the_verb_last_Japanese_too_and_Spanish_the_adjective_behind_the_noun()
    {
        var talk = World.Sentence(11, 60);

        var crossings = Targets.All.Select(to => talk.Utterances[0].Units.Sum(unit => Crossings([.. unit.Tokens(to).Select(static token => token.Source)]))).ToList();

        Assert.True(crossings[0] > 0 && crossings[1] > crossings[0] && crossings[2] > crossings[1], string.Join(' ', crossings));
    }

    [Theory]
    [InlineData("so", 1)]
    [InlineData("because", 2)]
    [InlineData("Maria", 2)]
    [InlineData("price", 1)]
    [InlineData("fifteen", 2)]
    public void Syllables_are_counted_well_enough(string word, int syllables) => Assert.Equal(syllables, Syllables.Of(word));

    [Fact]
    public void Dice_throw_the_published_numbers_of_SplitMix64()
    {
        var dice = new Dice(0);

        // 0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F: the first outputs for seed 0.
        Assert.Equal([0.8833108082136426, 0.43152799704850997, 0.026433771592597743], new[] { dice.Unit(), dice.Unit(), dice.Unit() });
    }

    static int Crossings(int[] sources) => Enumerable.Range(1, sources.Length - 1).Count(i => sources[i] < sources[i - 1]);
}
