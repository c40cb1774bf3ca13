using System.Text.Json;
using VoiceGrains.Eval;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Policies;
using VoiceGrains.Eval.Profiles;
using VoiceGrains.Eval.Reports;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>A run is the same for the same seed, and can be scored again by others.</summary>
public sealed class RunsOfTheEvaluation
{
    static readonly EvaluationProfile Small = World.Shipped with
    {
        Corpus = World.Shipped.Corpus with { Utterances = 20, LongMonologue = TimeSpan.FromSeconds(30) },
    };

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_seed_another() =>
        Assert.Equal([true, false], new[] { RunAll(Small).Hash == RunAll(Small).Hash, RunAll(Small).Hash == RunAll(Small with { Seed = 2 }).Hash });

    [Fact]
    public void The_hash_of_a_small_run_is_known_so_that_no_machine_and_no_version_changes_it_unseen() => Assert.Equal("83275a8a83379ee4", RunAll(Small).Hash);

    [Theory]
    [InlineData("local-agreement")]
    [InlineData("ours-fast")]
    [InlineData("ours-balanced")]
    [InlineData("ours-safe")]
    public void The_world_does_not_depend_on_which_policies_run_before_nor_on_what_they_kept_in_mind(string name)
    {
        var policy = PolicySet.All.Single(each => each.Name == name);
        using var alone = new Evaluation(Small);
        var wanted = alone.Run(policy, Targets.Spanish).Hash;
        using var after = new Evaluation(Small);
        after.Run(PolicySet.All[0], Targets.German);
        after.Run(policy, Targets.Spanish);

        Assert.Equal(wanted, after.Run(policy, Targets.Spanish).Hash);
    }

    [Fact]
    public void A_row_has_the_figures_that_are_read_elsewhere()
    {
        var row = JsonDocument.Parse(Row.ToJson(RunAll(Small).Rows)).RootElement[0];

        string[] names =
        [
            "policy", "language", "evs_p50_s", "evs_p95_s", "first_audio_p50_s", "started_before_end", "short_eou_audio_p50_ms", "erasure", "erasure_committed",
            "wrong_source", "wrong_source_risk", "calls_per_source_s", "queue_p95_s", "retractions", "laal_s", "laal_ca_s", "al_s", "dal_s", "atd_s", "stream_laal_s",
            "draft_hits", "chrf_consistency",
        ];
        Assert.All(names, name => Assert.True(row.TryGetProperty(name, out _), name));
        Assert.Equal(0, row.GetProperty("erasure_committed").GetDouble());
    }

    [Fact]
    public void An_instance_has_the_fields_of_SimulEval_and_one_delay_for_each_unit()
    {
        var instances = RunAll(Small).Instances.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(Enumerable.Range(0, 20 * 3), instances.Select(static each => each.GetProperty("index").GetInt32()));
        Assert.All(instances, static instance =>
        {
            var prediction = instance.GetProperty("prediction").GetString()!;
            var isInWords = instance.GetProperty("run").GetProperty("unit").GetString() == "word";
            var units = isInWords ? prediction.Split(' ').Length : prediction.Length;
            Assert.Equal(units, instance.GetProperty("prediction_length").GetInt32());
            Assert.Equal(units, instance.GetProperty("delays").GetArrayLength());
            Assert.Equal(units, instance.GetProperty("elapsed").GetArrayLength());
            Assert.All(instance.GetProperty("delays").EnumerateArray(), delay => Assert.InRange(delay.GetDouble(), 0, instance.GetProperty("source_length").GetDouble()));
        });
    }

    static (string Hash, List<Row> Rows, string Instances) RunAll(EvaluationProfile profile)
    {
        using var evaluation = new Evaluation(profile);
        var rows = Targets.All.Select(to => evaluation.Run(PolicySet.All[1], to)).ToList();
        return (evaluation.Hash, rows, evaluation.Instances.Text);
    }
}
