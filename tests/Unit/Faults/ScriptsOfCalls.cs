using FsCheck.Fluent;
using VoiceGrains.Tests.Faults.Scripts;

namespace VoiceGrains.Tests.Unit.Faults;

/// <summary>Scripts of calls are as people talk, so that a checker can know what must be read and heard.</summary>
public sealed class ScriptsOfCalls
{
    static readonly TimeSpan Talk = TimeSpan.FromSeconds(7);

    [Fact]
    public void Two_to_four_people_speak_two_or_three_languages_in_words_that_come_once() => Law.Holds(Gen.Choose(0, 100_000), static seed =>
    {
        var script = Write(seed);
        var words = script.Lines.SelectMany(static line => line.Words).ToList();
        return script.People.Count is >= 2 and <= 4
            && script.People.Select(static person => person.Language).Distinct().Count() is 2 or 3
            && words.Distinct().Count() == words.Count
            && script.Lines.All(static line => line.Words.Count is >= 3 and <= 10);
    });

    [Fact]
    public void Nobody_begins_a_sentence_before_their_last_one_and_a_pause_are_over() => Law.Holds(Gen.Choose(0, 100_000), static seed =>
    {
        var script = Write(seed);
        return script.People.All(person => script.LinesOf(person.Name).Zip(script.LinesOf(person.Name).Skip(1))
            .All(static pair => pair.Second.At - pair.First.End >= TimeSpan.FromMilliseconds(400)));
    });

    [Fact]
    public void The_same_seed_writes_the_same_call_and_some_calls_have_two_who_talk_at_once()
    {
        Assert.Equal(Write(7).Lines.Select(static line => (line.Speaker, line.At, line.Text)), Write(7).Lines.Select(static line => (line.Speaker, line.At, line.Text)));
        Assert.Contains(Enumerable.Range(1, 20).Select(Write), static script => script.Lines.Zip(script.Lines.Skip(1)).Any(static pair => pair.Second.At < pair.First.End));
    }

    [Fact]
    public void Every_fault_comes_once_in_the_first_dozen_seeds_and_then_as_often_as_its_share()
    {
        var faults = Enumerable.Range(1, 200).Select(VoiceGrains.Tests.Faults.Running.Faults.Of).ToList();

        Assert.All(VoiceGrains.Tests.Faults.Running.Faults.All, fault => Assert.InRange(faults.Count(given => given == fault), fault.Share - 1, fault.Share + 1));
        Assert.Equal(VoiceGrains.Tests.Faults.Running.Faults.All.Count, faults.Take(12).Distinct().Count());
    }

    static CallScript Write(int seed) => new ScriptWriter(new Random(seed), Talk).Write();
}
