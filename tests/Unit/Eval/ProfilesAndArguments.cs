using VoiceGrains.Eval;
using VoiceGrains.Eval.Profiles;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>What can go wrong before a run, and what is said then.</summary>
public sealed class ProfilesAndArguments
{
    static readonly string Json = File.ReadAllText(Path.Combine(Repository.Root, "eval/evaluation-profile.json"));

    [Fact]
    public void The_shipped_profile_is_what_the_repository_holds()
    {
        var profile = ProfileFile.Parse(Json);

        Assert.Equal([0.12, 0.04, 0.01], profile.Recognizer.EdgeErrors);
        Assert.Equal((0.5, 0.02, 0.005), (profile.Recognizer.Stickiness, profile.Translator.TooLowTags, profile.Translator.Timeouts));
        Assert.Equal([0.2, 0.21, 0.22, 0.19], new[]
        {
            profile.Recognizer.Cadence, profile.Recognizer.Latency, profile.Translator.Latency, profile.Synthesizer.Latency,
        }.Select(static time => time.TotalSeconds));
    }

    [Fact]
    public void Everything_that_is_wrong_in_a_profile_is_said_at_once()
    {
        var broken = Json.Replace("\"utterances\": 400", "\"utterances\": 0", StringComparison.Ordinal)
            .Replace("\"stickiness\": 0.5", "\"stickiness\": 1.5", StringComparison.Ordinal)
            .Replace("\"timeouts\": 0.005", "\"timeouts\": 0.9", StringComparison.Ordinal)
            .Replace("\"mostTempo\": 1.25", "\"mostTempo\": 9", StringComparison.Ordinal);

        var error = Assert.Throws<FormatException>(() => ProfileFile.Parse(broken));

        Assert.All(["corpus.utterances", "recognizer.stickiness", "translator.timeouts", "mostTempo"], name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"cadence\": 0.2", "\"cadance\": 0.2")]
    [InlineData("\"latency\": 0.22", "\"latency\": -1")]
    [InlineData("\"latency\": 0.22", "\"latency\": \"soon\"")]
    [InlineData("\"seed\": 1,", "")]
    [InlineData(", \"ja\": 0.093", "")]
    public void A_profile_with_a_mistake_is_refused(string right, string wrong)
    {
        Assert.Contains(right, Json, StringComparison.Ordinal);

        Assert.Throws<FormatException>(() => ProfileFile.Parse(Json.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_arguments_all_policies_run()
    {
        var arguments = EvalArguments.Read([]);

        Assert.Equal(["wait-for-end", "finals-only", "wait-k", "local-agreement", "ours-fast", "ours-balanced", "ours-safe"], arguments.Policies.Select(static policy => policy.Name));
        Assert.Equal((null, null, null), (arguments.Seed, arguments.Utterances, arguments.Json));
        Assert.Equal((false, false), (arguments.WithFrontier, arguments.AsMarkdown));
    }

    [Fact]
    public void Arguments_choose_policies_files_and_figures()
    {
        var arguments = EvalArguments.Read(["--policy", "wait-k", "--seed", "7", "--utterances", "40", "--json", "rows.json", "--instances", "log", "--profile", "p"]);

        Assert.Equal("wait-k", Assert.Single(arguments.Policies).Name);
        Assert.Equal((7, 40, "rows.json", "log", "p"), (arguments.Seed, arguments.Utterances, arguments.Json, arguments.Instances, arguments.Profile));
    }

    [Theory]
    [InlineData("--frontier", "--markdown", "--seed", "7")]
    [InlineData("--seed", "7", "--frontier", "--markdown")]
    [InlineData("--markdown", "--seed", "7", "--frontier")]
    public void The_frontier_and_Markdown_need_no_value(params string[] arguments)
    {
        var read = EvalArguments.Read(arguments);

        Assert.Equal((true, true, 7), (read.WithFrontier, read.AsMarkdown, read.Seed));
    }

    [Theory]
    [InlineData("--sed")]
    [InlineData("--seed")]
    [InlineData("--seed", "-1")]
    [InlineData("--utterances", "0")]
    [InlineData("--policy", "guess")]
    [InlineData("--frontier", "7")]
    [InlineData("--frontier", "--json")]
    public void A_mistake_on_the_command_line_is_named(params string[] arguments) => Assert.Throws<FormatException>(() => EvalArguments.Read(arguments));
}
