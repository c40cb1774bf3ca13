using VoiceGrains.Eval;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Policies;
using VoiceGrains.Eval.Profiles;
using VoiceGrains.Eval.Reports;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>What a shorter lag costs, and how it is shown.</summary>
public sealed class FrontierOfOurPolicy
{
    static readonly EvaluationProfile Small = World.Shipped with
    {
        Corpus = World.Shipped.Corpus with { Utterances = 20, LongMonologue = TimeSpan.FromSeconds(30) },
    };

    [Fact]
    public void Every_name_says_what_is_compared_and_stands_beside_what_it_is_compared_with() => Assert.Equal(
        [
            "ours-n2", "ours-n2-norisk", "ours-n3", "ours-n3-norisk", "ours-n4", "ours-n4-norisk",
            "ours-n2", "ours-n2-anyconfidence", "ours-n3", "ours-n3-anyconfidence", "ours-n4", "ours-n4-anyconfidence",
            "ours-n2", "ours-n2-nomemory",
        ],
        Frontier.All.SelectMany(static block => block.Policies).Select(static policy => policy.Name));

    [Fact]
    public void Each_policy_runs_once_and_does_what_no_other_does()
    {
        var rows = Frontier.AllPolicies.Select(static policy => Run(World.Shipped, policy)).ToList();

        Assert.Equal(10, rows.Count);
        Assert.Equal(10, rows.DistinctBy(static row => row.Hash).Count());
    }

    [Fact]
    public void Two_agreements_with_risk_classes_are_the_balanced_policy() =>
        Assert.Equal(Run(Small, PolicySet.All.Single(static each => each.Name == "ours-balanced")).Hash, Run(Small, Named("ours-n2")).Hash);

    [Fact]
    public void More_agreements_cost_time_and_spare_words_that_were_not_said()
    {
        Row[] rows = [Run(World.Shipped, Named("ours-n2")), Run(World.Shipped, Named("ours-n3")), Run(World.Shipped, Named("ours-n4"))];

        Assert.True(rows[0].Score.EarVoiceSpan.Median < rows[1].Score.EarVoiceSpan.Median && rows[1].Score.EarVoiceSpan.Median < rows[2].Score.EarVoiceSpan.Median);
        Assert.Equal(rows, rows.OrderByDescending(static row => row.Score.WrongSource));
    }

    [Fact]
    public void Without_risk_classes_and_without_confidence_more_is_wrong()
    {
        var (all, noRisk, anyConfidence) = (Run(World.Shipped, Named("ours-n2")), Run(World.Shipped, Named("ours-n2-norisk")), Run(World.Shipped, Named("ours-n2-anyconfidence")));

        Assert.Equal(0, all.Score.WrongSourceOfRisk);
        Assert.True(noRisk.Score.WrongSourceOfRisk > 0 && noRisk.Score.EarVoiceSpan.Median < all.Score.EarVoiceSpan.Median);
        Assert.True(anyConfidence.Score.WrongSource > 2 * all.Score.WrongSource);
    }

    [Fact]
    public void Without_its_memory_of_the_call_short_answers_come_later()
    {
        var (all, noMemory) = (Run(World.Shipped, Named("ours-n2")), Run(World.Shipped, Named("ours-n2-nomemory")));

        Assert.True(noMemory.Score.ShortEndToAudio.Median > all.Score.ShortEndToAudio.Median + 100);
        Assert.Equal(0, noMemory.Score.Retractions);
    }

    [Fact]
    public void Markdown_has_the_same_figures_as_the_plain_table_and_what_was_asked_for_behind_our_default_policy()
    {
        using var evaluation = new Evaluation(Small);
        var rows = evaluation.Run(PolicySet.All.Where(static each => each.Name is "wait-k" or "ours-balanced" or "ours-safe"));

        var (plain, markdown) = (Printed(rows, asMarkdown: false), Printed(rows, asMarkdown: true));

        var cells = markdown.Select(static line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)).ToList();
        Assert.Equal(["policy", "---", .. Names("wait-k"), .. Names("ours-balanced"), .. Names("*asked for*"), .. Names("ours-safe")], cells.Select(static line => line[0]));
        Assert.All(cells, line => Assert.Equal(cells[0].Length, line.Length));
        Assert.Equal(Parts(plain[1]), cells[2]);
        Assert.Equal(["*asked for*", "de", "≤ 2.2", "≤ 3.5", "≤ 1.6", "≥ 90 %", "≤ 500"], cells[9][..7]);
        Assert.DoesNotContain(Printed(rows, asMarkdown: true, withGoals: false), static line => line.Contains("asked for", StringComparison.Ordinal));

        static string[] Names(string policy) => [policy, policy, policy];
        static string[] Parts(string line) => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    static string[] Printed(List<Row> rows, bool asMarkdown, bool withGoals = true)
    {
        var output = new StringWriter();
        new Table(output, asMarkdown).Print(rows, withGoals);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    static NamedPolicy Named(string name) => Frontier.AllPolicies.Single(each => each.Name == name);

    static Row Run(EvaluationProfile profile, NamedPolicy policy)
    {
        using var evaluation = new Evaluation(profile);
        return evaluation.Run(policy, Targets.Spanish);
    }
}
