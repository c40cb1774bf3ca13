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
        Usage: ./voicegrains eval [--policy NAME] [--profile FILE] [--seed N] [--utterances N] [--json FILE] [--instances FILE]
          Lets policies of simultaneous translation interpret the same talks in virtual time, and says how late, how stable and how right they are.
          The same profile and seed give the same hash on every machine. Ends with 1 when a policy took back what it had committed or spoken.
          --policy NAME     only this one; may be repeated: {string.Join(", ", PolicySet.All.Select(static policy => policy.Name))}
          --profile FILE    another world than eval/evaluation-profile.json
          --seed N          another seed than the profile's
          --utterances N    1 to 100,000; default: as many as the profile says. The long monologue is always there
          --json FILE       writes an array with a row for each policy and language
          --instances FILE  writes a line for each utterance as SimulEval does, for its scorers and OmniSTEval
        """;

    /// <summary>Reads the command line. Throws <see cref="FormatException"/> with what is wrong.</summary>
    public static EvalArguments Read(string[] arguments)
    {
        var given = new Dictionary<string, string>();
        var policies = new HashSet<string>();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (arguments[i] is not ("--policy" or "--profile" or "--seed" or "--utterances" or "--json" or "--instances"))
                throw new FormatException($"'{arguments[i]}' is no option of eval.");
            if (i + 1 == arguments.Length)
                throw new FormatException($"{arguments[i]} needs a value.");
            if (arguments[i] != "--policy")
                given[arguments[i]] = arguments[i + 1];
            else if (PolicySet.All.Any(policy => policy.Name == arguments[i + 1]))
                policies.Add(arguments[i + 1]);
            else
                throw new FormatException($"There is no policy '{arguments[i + 1]}'.");
        }

        return new EvalArguments(
            [.. PolicySet.All.Where(policy => policies.Count == 0 || policies.Contains(policy.Name))], given.GetValueOrDefault("--profile"), given.GetValueOrDefault("--json"),
            given.GetValueOrDefault("--instances"), Number("--seed", 0, long.MaxValue), (int?)Number("--utterances", 1, 100_000));

        long? Number(string name, long least, long most) => !given.TryGetValue(name, out var text)
            ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : throw new FormatException($"{name} must be from {least} to {most}.");
    }
}
