using System.Globalization;

namespace VoiceGrains.Tests.Faults;

/// <summary>What <c>./voicegrains chaos</c> was asked to do.</summary>
/// <param name="Fault">Only this fault; null: by the seed.</param>
/// <param name="Seeds">First seed and count.</param>
sealed record ChaosArguments(string? Fault, (int First, int Count) Seeds, int Calls, string? Json, string Folder)
{
    public static readonly string Usage = $"""
        Usage: ./voicegrains chaos [--seeds N] [--fault NAME] [--seed N] [--calls N] [--json FILE]
          Starts a cluster of three silos and two gateways and an undisturbed twin, lets many calls talk on both, breaks the cluster in their middle,
          and checks that nobody missed or got anything twice. Prints a table for each fault; ends with 1 when anything was lost, duplicated or unaccounted.
          --seeds N     how many runs, 1 to 10,000; default 12
          --fault NAME  only one of: {string.Join(", ", Running.Faults.All.Select(static fault => fault.Name))}
          --seed N      only this one
          --calls N     how many calls talk at the same time, 1 to 200; default 32, so that a kill hits at least 20 of them
          --json FILE   writes an array with a row for each fault
        """;

    /// <summary>Reads the command line. Throws <see cref="FormatException"/> with what is wrong.</summary>
    public static ChaosArguments Read(string[] arguments)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (arguments[i] is not ("--seeds" or "--fault" or "--seed" or "--calls" or "--json" or "--folder"))
                throw new FormatException($"'{arguments[i]}' is no option of chaos.");
            if (i + 1 == arguments.Length)
                throw new FormatException($"{arguments[i]} needs a value.");
            given[arguments[i]] = arguments[i + 1];
        }

        var fault = given.GetValueOrDefault("--fault");
        if (fault is not null && Running.Faults.All.All(known => known.Name != fault))
            throw new FormatException($"There is no fault '{fault}'.");
        var seeds = given.ContainsKey("--seed") ? (Number("--seed", 0, 1, 1_000_000), 1) : (1, Number("--seeds", 12, 1, 10_000));
        return new ChaosArguments(fault, seeds, Number("--calls", 32, 1, 200), given.GetValueOrDefault("--json"), given.GetValueOrDefault("--folder") ?? ".run/chaos");

        int Number(string name, int usual, int least, int most) => !given.TryGetValue(name, out var text)
            ? usual
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : throw new FormatException($"{name} must be from {least} to {most}.");
    }
}
