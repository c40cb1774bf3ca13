using System.Collections.Immutable;
using VoiceGrains.Lanes;

namespace VoiceGrains.Eval.Policies;

/// <summary>A policy by its name.</summary>
sealed record NamedPolicy(string Name, Func<IBooth, IPolicy> Make);

/// <summary>The policies that are compared. One more is one more line here.</summary>
static class PolicySet
{
    public static readonly ImmutableArray<NamedPolicy> All =
    [
        new("wait-for-end", static booth => new WaitForEnd(booth)),
        new("finals-only", static booth => new FinalsOnly(booth)),
        new("wait-k", static booth => new GrowingPrefix(booth, static (_, now, words) => FixedLag.Ripe(now, words))),
        new("local-agreement", static booth => new GrowingPrefix(booth, static (before, now, _) => LocalAgreement.Ripe(before, now))),
        new("ours-fast", static booth => new Interpreter(booth, InterpretingRules.Fast)),
        new("ours-balanced", static booth => new Interpreter(booth, InterpretingRules.Balanced)),
        new("ours-safe", static booth => new Interpreter(booth, InterpretingRules.Safe)),
    ];
}
