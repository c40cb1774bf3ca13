using VoiceGrains.Lanes;
using VoiceGrains.Recognition;

namespace VoiceGrains.Eval.Policies;

/// <summary>Our balanced policy with one thing changed: what a shorter lag costs in words that were not said, and what carries it.</summary>
/// <param name="Title">What is compared.</param>
sealed record Frontier(string Title, List<NamedPolicy> Policies)
{
    public static readonly List<Frontier> All =
    [
        new("Agreement of 2, 3 and 4 updates, each with and without risk classes", Each("-norisk", static rules => rules with { KnowsRisk = false })),
        new("What the recognizer's confidence is worth: updates count from 0.75, or with any", Each("-anyconfidence", static rules => rules with { LeastConfidence = 0 })),
        new("What the memory of the call is worth, with 12 short answers that come again and again",
            [With("ours-n2", Rules(2)), With("ours-n2-nomemory", Rules(2), remembers: false)]),
    ];

    /// <summary>Of all comparisons, each once.</summary>
    public static IEnumerable<NamedPolicy> AllPolicies => All.SelectMany(static block => block.Policies).DistinctBy(static policy => policy.Name);

    static List<NamedPolicy> Each(string name, Func<AdmissionRules, AdmissionRules> otherwise)
    {
        var policies = new List<NamedPolicy>();
        foreach (var agreements in new[] { 2, 3, 4 })
        {
            policies.Add(With($"ours-n{agreements}", Rules(agreements)));
            policies.Add(With($"ours-n{agreements}{name}", otherwise(Rules(agreements))));
        }

        return policies;
    }

    static AdmissionRules Rules(int agreements) => InterpretingRules.Balanced.Admission with { Agreements = agreements };

    static NamedPolicy With(string name, AdmissionRules admission, bool remembers = true) =>
        new(name, booth => new Interpreter(booth, InterpretingRules.Balanced with { Admission = admission }, remembers));
}
