using FsCheck.Fluent;
using VoiceGrains.Eval;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Policies;
using VoiceGrains.Eval.Reports;
using VoiceGrains.Eval.Sessions;
using VoiceGrains.Lanes;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>The product's own rules in the evaluation: what was asked of them, and what they never do.</summary>
public sealed class OurPolicy
{
    static readonly NamedPolicy Default = PolicySet.All.Single(static each => each.Name == "ours-balanced");

    // The same profile and seed give the same figures on every machine, so these are facts and not measurements.
    [Theory]
    [InlineData("es", 2.0, 2.8)]
    [InlineData("de", 2.2, 3.5)]
    [InlineData("ja", 2.8, 4.2)]
    public void In_the_shipped_profile_it_is_as_early_and_as_right_as_was_asked_for(string to, double span, double worstSpan)
    {
        using var evaluation = new Evaluation(World.Shipped);

        var row = evaluation.Run(Default, Language.Parse(to));

        Assert.Multiple(
            () => AtMost(span, row.Score.EarVoiceSpan.Median),
            () => AtMost(worstSpan, row.Score.EarVoiceSpan.At(0.95)),
            () => AtMost(1.6, row.Score.FirstAudio.Median),
            () => AtMost(0.1, 1 - row.Score.FirstAudioAfterEnd.ShareBelow(0)),
            () => AtMost(500, row.Score.ShortEndToAudio.Median),
            () => AtMost(0.1, row.Score.Erased),
            () => AtMost(0, row.Score.ErasedOfCommitted),
            () => AtMost(0.01, row.Score.WrongSource),
            () => AtMost(0, row.Score.WrongSourceOfRisk),
            () => AtMost(1.2, row.Score.CallsPerSourceSecond),
            () => AtMost(2, row.Score.Queue.At(0.95)),
            () => AtMost(0.3, row.Monologue.Last - row.Monologue.First),
            () => AtMost(0, row.Score.Retractions),
            () => Assert.Equal((400, 0, true), (row.Score.Utterances, row.Score.Empty, row.IsClean)));
    }

    [Theory]
    [InlineData("es", 2.0, 2.8)]
    [InlineData("de", 2.2, 3.5)]
    [InlineData("ja", 2.8, 4.2)]
    public void What_was_asked_for_stands_in_the_table_as_it_is_tested_here(string to, double span, double worstSpan)
    {
        var goals = Goals.In(Language.Parse(to))!;

        Assert.Equal((Default.Name, span, worstSpan), (Goals.Policy, goals.EarVoiceSpan, goals.WorstEarVoiceSpan));
        Assert.Equal(
            [1.6, 0.9, 500, 0.1, 0.01, 1.2, 2, 0.3],
            new[] { Goals.FirstAudio, Goals.BeforeEnd, Goals.Short, Goals.Erased, Goals.WrongSource, Goals.CallsPerSourceSecond, Goals.Queue, Goals.Drift });
    }

    [Fact]
    public void Over_a_whole_call_with_its_memory_it_takes_nothing_back_and_leaves_nothing_out() => Law.Holds(
        from seed in Gen.Choose(0, 1_000_000)
        from policy in Gen.Elements(PolicySet.All.Where(static each => each.Name.StartsWith("ours", StringComparison.Ordinal)).Concat(Frontier.AllPolicies).ToArray())
        from to in Gen.Elements(Targets.All.ToArray())
        select (seed, policy, to),
        static given =>
        {
            // Many short answers: most of them are said more than once.
            using var evaluation = new Evaluation(World.Shipped with
            {
                Seed = given.seed,
                Corpus = World.Shipped.Corpus with { Utterances = 40, ShortAnswerShare = 0.6, LongMonologue = TimeSpan.FromSeconds(20) },
            });
            var row = evaluation.Run(given.policy, given.to);
            return row.Score is { Retractions: 0, Empty: 0, Unspoken: 0, Unexplained: 0, ErasedOfCommitted: null or 0 };
        },
        cases: 40);

    [Fact]
    public void An_answer_that_was_given_before_in_the_call_is_heard_no_later_and_often_sooner()
    {
        var gained = new List<TimeSpan>();
        for (var seed = 0; seed < 60; seed++)
        {
            var (talk, call) = (new Talk(1, [World.ShortAnswer(seed)]), new CallMemory());
            var first = Session.Run(World.Perfect, talk, Targets.Spanish, Default.Make, call);
            var again = Session.Run(World.Perfect, talk, Targets.Spanish, Default.Make, call);
            Assert.Equal(first.Committed.Select(static word => word.Text), again.Committed.Select(static word => word.Text));
            gained.Add(first.Heard[0].Start - again.Heard[0].Start);
        }

        Assert.All(gained, static gain => Assert.True(gain >= TimeSpan.Zero, $"{gain}"));
        Assert.True(gained.Count(static gain => gain >= TimeSpan.FromMilliseconds(50)) >= 20, string.Join(' ', gained.Select(static gain => (int)gain.TotalMilliseconds)));
    }

    static void AtMost(double limit, double? figure) => Assert.True(figure <= limit, $"{figure} is more than {limit}.");
}
