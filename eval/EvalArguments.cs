using System.Globalization;
using VoiceGrains.Eval.Policies;

namespace VoiceGrains.Eval;

/// <summary>What <c>./voicegrains eval</c> was asked to do.</summary>
/// <param name="Policies">Which are compared, in the order of the list of all.</param>
/// <param name="Seed">Null: that of the profile.</param>
/// <param name="Utterances">Null: as many as the profile says.</param>
sealed record EvalArguments(IReadOnlyList<NamedPolicy> Policies, string? Profile, string? Json, string? Instances, long? Seed, int? Utterances)
{
    public static readonly string Usage = $"""
        Usage: ./voicegrains eval [--policy NAME] [--frontier] [--profile FILE] [--seed N] [--utterances N] [--markdown] [--json FILE] [--instances FILE]
          Lets policies of simultaneous translation interpret the same talks in virtual time, and says how late, how stable and how right they are.
          The same profile and seed give the same hash on every machine. Ends with 1 when a policy took back what it had committed or spoken.
          --policy NAME     only this one; may be repeated: {string.Join(", ", PolicySet.All.Select(static policy => policy.Name))}
          --frontier        then also our policy with 2, 3 and 4 agreements, with and without risk classes, and with and without the recognizer's
                            confidence: what a shorter lag costs in words that were not said; and without its memory of the call
          --profile FILE    another world than eval/evaluation-profile.json
          --seed N          another seed than the profile's
          --utterances N    1 to 100,000; default: as many as the profile says. The long monologue is always there
          --markdown        prints the tables as Markdown, as they stand in docs/benchmarks.md
          --json FILE       writes an array with a row for each policy and language, those of the frontier too
          --instances FILE  writes a line for each utterance as SimulEval does, for its scorers and OmniSTEval; without the frontier
        """;

    public bool WithFrontier { get; init; }

    public bool AsMarkdown { get; init; }

    /// <summary>Reads the command line. Throws <see cref="FormatException"/> with what is wrong.</summary>
    public static EvalArguments Read(string[] arguments)
    {
        var given = new Dictionary<string, string>();
        var policies = new HashSet<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            if (name is "--frontier" or "--markdown")
                given[name] = "";
            else if (name is not ("--policy" or "--profile" or "--seed" or "--utterances" or "--json" or "--instances"))
                throw new FormatException($"'{name}' is no option of eval.");
            else if (++i == arguments.Length)
                throw new FormatException($"{name} needs a value.");
            else if (name != "--policy")
                given[name] = arguments[i];
            else if (PolicySet.All.Any(policy => policy.Name == arguments[i]))
                policies.Add(arguments[i]);
            else
                throw new FormatException($"There is no policy '{arguments[i]}'.");
        }

        return new EvalArguments(
            [.. PolicySet.All.Where(policy => policies.Count == 0 || policies.Contains(policy.Name))], given.GetValueOrDefault("--profile"), given.GetValueOrDefault("--json"),
            given.GetValueOrDefault("--instances"), Number("--seed", 0, long.MaxValue), (int?)Number("--utterances", 1, 100_000))
        {
            WithFrontier = given.ContainsKey("--frontier"),
            AsMarkdown = given.ContainsKey("--markdown"),
        };

        long? Number(string name, long least, long most) => !given.TryGetValue(name, out var text)
            ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : throw new FormatException($"{name} must be from {least} to {most}.");
    }
}
