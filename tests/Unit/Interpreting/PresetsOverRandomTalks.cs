using FsCheck;
using FsCheck.Fluent;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Reports;
using VoiceGrains.Eval.Sessions;
using VoiceGrains.Tests.Unit.Eval;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>The presets with the engines of the evaluation, in talks, languages and seeds that were not chosen by hand.</summary>
public sealed class PresetsOverRandomTalks
{
    [Theory]
    [InlineData("ours-fast")]
    [InlineData("ours-balanced")]
    [InlineData("ours-safe")]
    public void What_is_committed_is_spoken_once_in_order_and_stays(string preset) => Law.Holds(Cases, given =>
        Run(preset, given).All(static log => AudioProof.Retractions(log) == 0 && AudioProof.Unspoken(log) == 0 && log.Unexplained == 0
            && log.CommittedErasure.Normalized == 0 && log.Committed.Count > 0
            && log.Heard.Select(heard => log.Spoken[heard.Number - 1].Word).SequenceEqual(log.Committed)),
        cases: 20);

    // The seeds are always the same: a recognizer that is wrong in the same way often enough can't be seen through, only made rare.
    [Theory]
    [InlineData("ours-balanced")]
    [InlineData("ours-safe")]
    public void No_number_negation_or_name_is_translated_that_was_not_said(string preset)
    {
        var score = new Score();
        for (var seed = 1; seed <= 40; seed++)
        {
            foreach (var log in Run(preset, (seed, Targets.All[seed % Targets.All.Length], 8)))
                score.Add(log, UtteranceScore.Of(log));
        }

        Assert.Equal((0.0, 320), (score.WrongSourceOfRisk!.Value, score.Utterances));
        Assert.InRange(score.WrongSource!.Value, 0, 0.01);
    }

    static Gen<(long Seed, Language To, int Utterances)> Cases =>
        from seed in Gen.Choose(0, 1_000_000)
        from to in Gen.Elements(Targets.All.ToArray())
        from utterances in Gen.Choose(1, 8)
        select ((long)seed, to, utterances);

    static IEnumerable<SessionLog> Run(string preset, (long Seed, Language To, int Utterances) given)
    {
        var profile = World.Shipped with
        {
            Seed = given.Seed,
            Corpus = World.Shipped.Corpus with { Utterances = given.Utterances, LongMonologue = TimeSpan.Zero },
        };
        return Corpus.Generate(profile.Corpus, given.Seed).Talks.Select(talk => World.Run(preset, profile, talk, given.To));
    }
}
