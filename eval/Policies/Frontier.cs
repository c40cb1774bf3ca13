using VoiceGrains.Lanes;
using VoiceGrains.Recognition;

namespace VoiceGrains.Eval.Policies;

/// <summary>Our policy with other rules for admitting words, all else as balanced: what a shorter lag costs in words that were not said.</summary>
/// <param name="Title">What is compared.</param>
sealed record Frontier(string Title, List<NamedPolicy> Policies)
{
    public static readonly List<Frontier> All =
    [
        new("Agreement of 2, 3 and 4 updates, each with and without risk classes", Each("-norisk", static rules => rules with { KnowsRisk = false })),
        new("What the recognizer's confidence is worth: updates count from 0.75, or with any", Each("-anyconfidence", static rules => rules with { LeastConfidence = 0 })),
    ];

    /// <summary>Of all comparisons, each once.</summary>
    public static IEnumerable<NamedPolicy> AllPolicies => All.SelectMany(static block => block.Policies).DistinctBy(static policy => policy.Name);

    static List<NamedPolicy> Each(string name, Func<AdmissionRules, AdmissionRules> otherwise)
    {
        var policies = new List<NamedPolicy>();
        foreach (var agreements in new[] { 2, 3, 4 })
        {
            var rules = InterpretingRules.Balanced.Admission with { Agreements = agreements };
            policies.Add(Named($"ours-n{agreements}", rules));
            policies.Add(Named($"ours-n{agreements}{name}", otherwise(rules)));
        }

        return policies;
    }

    static NamedPolicy Named(string name, AdmissionRules admission) =>
        new(name, booth => new Interpreter(booth, InterpretingRules.Balanced with { Admission = admission }));
}
