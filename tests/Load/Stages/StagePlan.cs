using System.Globalization;

namespace VoiceGrains.Tests.Load.Stages;

/// <summary>How much load is put on each stage, and for how long.</summary>
/// <param name="Stage">The only one to measure. Null: all.</param>
/// <param name="Streams">Streams at once. Default: 100.</param>
/// <param name="Duration">Of each round. Default: 15 s.</param>
/// <param name="Rounds">How often the bare client and the engine take turns. Default: 2.</param>
sealed record StagePlan(string? Stage, int Streams, TimeSpan Duration, int Rounds)
{
    public static string Usage { get; } = $"./voicegrains bench engines [--stage NAME] [--streams 1-500] [--seconds 5-600] [--rounds 1-20]\n   stages: {string.Join(", ", Stages.Stage.All.Select(static stage => stage.Name))}";

    /// <summary>Null: the arguments make no sense.</summary>
    public static StagePlan? Read(string[] arguments)
    {
        var given = new Dictionary<string, int> { ["--streams"] = 100, ["--seconds"] = 15, ["--rounds"] = 2 };
        var stage = (string?)null;
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length)
                return null;
            if (arguments[i] == "--stage")
                stage = arguments[i + 1];
            else if (given.ContainsKey(arguments[i]) && int.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out var value))
                given[arguments[i]] = value;
            else
                return null;
        }

        var isKnown = stage is null || Stages.Stage.Find(stage) is not null;
        var isInRange = given["--streams"] is >= 1 and <= 500 && given["--seconds"] is >= 5 and <= 600 && given["--rounds"] is >= 1 and <= 20;
        return isKnown && isInRange ? new StagePlan(stage, given["--streams"], TimeSpan.FromSeconds(given["--seconds"]), given["--rounds"]) : null;
    }

    /// <summary>The same for one stage, as arguments.</summary>
    public IReadOnlyList<string> For(string stage) =>
        ["stage", "--stage", stage, "--streams", $"{Streams}", "--seconds", $"{(int)Duration.TotalSeconds}", "--rounds", $"{Rounds}"];
}
