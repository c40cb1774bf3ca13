using FsCheck;
using FsCheck.Fluent;
using VoiceGrains.Lanes;
using VoiceGrains.Recognition;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>What holds of committed translations whatever recognizers and translators say. A failure prints the seed, and what happened.</summary>
public sealed class InterpretingAnything
{
    static readonly InterpretingRules[] AllRules =
    [
        InterpretingRules.Fast, InterpretingRules.Balanced, InterpretingRules.Safe,
        new(new AdmissionRules(Agreements: 1, RightContext: 0))
        {
            LeastLetters = 1, Letters = 1, ValveWords = 2, FirstWords = 1, Cooldown = Heard.At(0.1), StaleCooldown = Heard.At(0.1),
        },
    ];

    [Fact]
    public void Each_turn_ends_and_all_of_its_last_draft_is_committed_once() => Law.Holds(Cases, static given =>
    {
        var turn = Run(given);
        return turn.Interpretation.IsDone && turn.IsOfAllWords && (turn.Source.Words.IsEmpty || turn.Interpretation.Committed == turn.Whole)
            && turn.Interpretation.Tail.Length == 0;
    }, cases: 1_000);

    [Fact]
    public void The_same_seed_gives_the_same_turn() => Law.Holds(Cases, static given => Run(given).Log == Run(given).Log, cases: 50);

    [Fact]
    public void Random_turns_have_everything_in_them_that_these_laws_are_about()
    {
        var turns = Enumerable.Range(0, 200).Select(static seed => Run((seed, seed % 2 == 0, seed % AllRules.Length))).ToList();

        Assert.True(turns.Sum(static turn => turn.Contradicted) > 20);
        Assert.True(turns.Sum(static turn => turn.Missed) > 20);
        Assert.True(turns.Count(static turn => turn.Calls == 0) is > 0 and < 100);
        Assert.True(turns.Count(static turn => turn.Source.Words.IsEmpty) is > 5 and < 100);
        Assert.True(turns.Average(static turn => turn.Interpretation.Committed.Length) > 50);
    }

    static Gen<(int Seed, bool HasSpaces, int Rules)> Cases =>
        from seed in Gen.Choose(0, 1_000_000)
        from hasSpaces in Gen.Elements(true, false)
        from rules in Gen.Choose(0, AllRules.Length - 1)
        select (seed, hasSpaces, rules);

    static RandomTurn Run((int Seed, bool HasSpaces, int Rules) given) =>
        RandomTurn.Run(given.Seed, given.HasSpaces ? Heard.Swedish : Heard.Japanese, AllRules[given.Rules]);
}
