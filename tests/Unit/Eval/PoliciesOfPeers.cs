using FsCheck.Fluent;
using VoiceGrains.Eval;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Policies;
using VoiceGrains.Eval.Reports;
using VoiceGrains.Eval.Sessions;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>What holds of every policy, and the figures of those that others use.</summary>
public sealed class PoliciesOfPeers
{
    public static TheoryData<string> Names => [.. PolicySet.All.Select(static policy => policy.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_is_committed_is_spoken_once_in_order_and_never_taken_back(string policy) => Law.Holds(
        from seed in Gen.Choose(0, 1_000_000)
        from to in Gen.Elements(Targets.All.ToArray())
        select (seed, to),
        given =>
        {
            var log = World.Run(policy, World.Shipped with { Seed = given.seed }, World.Monologue(given.seed), given.to);
            return AudioProof.Retractions(log) == 0 && AudioProof.Unspoken(log) == 0 && log.Unexplained == 0 && log.CommittedErasure.Normalized == 0
                && log.Heard.Select(heard => log.Spoken[heard.Number - 1].Word).SequenceEqual(log.Committed);
        },
        cases: 40);

    [Theory]
    [MemberData(nameof(Names))]
    public void With_engines_that_make_no_mistakes_every_word_comes_once_and_from_the_right_source(string policy) => Law.Holds(
        Gen.Choose(0, 1_000_000),
        seed =>
        {
            var talk = World.Sentence(seed, 30);
            var log = World.Run(policy, World.Perfect, talk, Targets.German);
            var wanted = talk.Utterances[0].Units.Sum(static unit => unit.Tokens(Targets.German).Length);
            return log.Committed.Count == wanted && log.Committed.DistinctBy(static word => word.Token!.Key).Count() == wanted
                && log.Committed.All(word => word.Token!.Heard == talk.Words[word.Token.Source].Text);
        },
        cases: 40);

    [Theory]
    [InlineData("wait-for-end", 7.5)]
    [InlineData("finals-only", 5.5)]
    public void The_shipped_profile_gives_peers_the_lag_that_research_found(string policy, double seconds)
    {
        using var evaluation = new Evaluation(World.Shipped);

        var row = evaluation.Run(PolicySet.All.Single(each => each.Name == policy), Targets.Spanish);

        Assert.InRange(row.Score.EarVoiceSpan.Median!.Value, seconds - 0.25, seconds + 0.25);
        Assert.Equal((400, 0), (row.Score.Utterances, row.Score.Retractions));
        Assert.True(row.Monologue.Last - row.Monologue.First < 1.5, "Lag grows over the long monologue.");
    }

    [Fact]
    public void A_policy_that_waits_for_the_end_says_the_translation_of_the_whole()
    {
        var talk = World.Sentence(3);

        var log = World.Run("wait-for-end", World.Perfect, talk, Targets.Japanese);

        Assert.Equal(talk.Utterances[0].Translation(Targets.Japanese), string.Concat(log.Committed.Select(static word => word.Text)));
        Assert.Single(log.Calls);
    }

    [Fact]
    public void A_call_that_is_never_answered_is_made_again()
    {
        var profile = World.Perfect with { Translator = World.Perfect.Translator with { Timeouts = 0.4 }, Seed = 4 };

        var logs = Enumerable.Range(0, 10).Select(seed => World.Run("local-agreement", profile with { Seed = seed }, World.Sentence(seed), Targets.Spanish)).ToList();

        Assert.Contains(logs, static log => log.Calls.Any(static call => call.AnsweredAt is null));
        Assert.All(logs, static log => Assert.Equal(log.Talk.Utterances[0].Translation(log.To), UtteranceScore.Of(log).Single().Prediction));
    }

    [Fact]
    public void Who_commits_before_the_end_is_earlier_and_shows_a_tail_that_changes()
    {
        var talk = World.Monologue(5, 8);

        var (early, late) = (World.Run("local-agreement", World.Shipped, talk, Targets.German), World.Run("wait-for-end", World.Shipped, talk, Targets.German));

        Assert.True(early.Heard[0].Start < talk.Utterances[0].End && late.Heard[0].Start > talk.Utterances[0].End);
        Assert.True(early.Erasure.Normalized > 0);
        Assert.Equal(0, late.Erasure.Normalized);
    }
}
