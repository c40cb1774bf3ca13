using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Policies;
using VoiceGrains.Eval.Profiles;
using VoiceGrains.Eval.Reports;
using VoiceGrains.Eval.Sessions;

namespace VoiceGrains.Eval;

/// <summary>A run: every policy interprets every talk into every language, one session after the other.</summary>
sealed class Evaluation : IDisposable
{
    readonly EvaluationProfile _profile;
    readonly Corpus _corpus;
    readonly RunHash _all = new();

    public Evaluation(EvaluationProfile profile)
    {
        _profile = profile;
        _corpus = Corpus.Generate(profile.Corpus, profile.Seed);
    }

    /// <summary>Over everything that was produced so far.</summary>
    public string Hash => _all.Value;

    public Instances Instances { get; } = new();

    /// <summary>All of them into every language.</summary>
    public List<Row> Run(IEnumerable<NamedPolicy> policies) => [.. policies.SelectMany(policy => Targets.All.Select(to => Run(policy, to)))];

    public Row Run(NamedPolicy policy, Language to)
    {
        using var hash = new RunHash();
        var score = new Score();
        // One speaker says all of it in one call.
        var memory = new CallMemory();
        foreach (var talk in _corpus.Talks)
        {
            var log = Session(policy, talk, to, hash, memory);
            var utterances = UtteranceScore.Of(log).ToList();
            score.Add(log, utterances);
            Instances.Add(policy.Name, to, talk.Number, utterances);
        }

        var monologue = Session(policy, _corpus.LongMonologue, to, hash, memory);
        score.AddProof(monologue);
        _all.Add($"{policy.Name} {to} {hash.Value}");
        return new Row(policy.Name, to, score, Flatness.Of(monologue, [.. UtteranceScore.Of(monologue)]), _profile.Seed, hash.Value);
    }

    public void Dispose() => _all.Dispose();

    SessionLog Session(NamedPolicy policy, Talk talk, Language to, RunHash hash, CallMemory memory)
    {
        var log = Sessions.Session.Run(_profile, talk, to, policy.Make, memory);
        hash.Add(log);
        return log;
    }
}
