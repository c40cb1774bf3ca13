using VoiceGrains.Context;
using VoiceGrains.Engines;
using VoiceGrains.Recognition;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>When a recognizer fails the next one hears on, and the better one comes back in a pause.</summary>
public sealed class EarWithSeveralEngines : IHearing
{
    static readonly byte[] Second = new byte[32_000];

    readonly ManualTime _time = new();
    readonly ToldRecognizer _first = new("first");
    readonly ToldRecognizer _second = new("second");
    readonly ToldHealth _health = new();
    readonly List<string> _heard = [];

    [Fact]
    public Task The_next_one_hears_at_once_from_where_the_one_that_failed_was() => WithEar(async ear =>
    {
        ear.Listen(Sent.English);
        ear.TryHear(Second);
        _first.Sessions[0].Fail();
        await Heard("lost en");

        Assert.True(ear.TryHear(Second));
        _second.Sessions[0].Tell("hello", 0.5);

        await Heard("lost en | FinalWords en 1+0.5");
        Assert.Equal(["first: Transport", "second: well"], _health.Noted);
    });

    [Fact]
    public Task One_that_can_not_even_begin_is_passed_over() => WithEar(ear =>
    {
        _first.Refusals = 1;
        ear.Listen(Sent.English);

        Assert.True(ear.TryHear(Second));

        Assert.Single(_second.Sessions);
        Assert.Equal(["first: Overloaded"], _health.Noted);
        return Task.CompletedTask;
    });

    [Fact]
    public Task One_that_fails_everywhere_is_not_tried_here() => WithEar(ear =>
    {
        _health.Fails(_first);
        ear.Listen(Sent.English);

        Assert.True(ear.TryHear(Second));

        Assert.Empty(_first.Sessions);
        Assert.Single(_second.Sessions);
        return Task.CompletedTask;
    });

    [Fact]
    public Task While_none_works_audio_waits_and_it_is_told_once() => WithEar(ear =>
    {
        _health.Fails(_first);
        _health.Fails(_second);
        ear.Listen(Sent.English);

        Assert.False(ear.TryHear(Second));
        Assert.False(ear.TryHear(Second));
        Assert.Equal(["waits en"], _heard);
        _health.IsWell(_second);

        Assert.True(ear.TryHear(Second));
        Assert.Equal(TimeSpan.FromSeconds(1), ear.Position);
        return Task.CompletedTask;
    });

    [Fact]
    public Task The_better_one_comes_back_in_a_pause_and_no_words_are_lost_between() => WithEar(async ear =>
    {
        ear.Listen(Sent.English);
        ear.TryHear(Second);
        _first.Sessions[0].Fail();
        await Heard("lost en");
        ear.TryHear(Second);
        var second = _second.Sessions[0];

        // Too soon: the first has just failed.
        second.Tell(new TurnEnded(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(0.8)));
        await Heard("lost en | TurnEnded en 1+0.8");
        Assert.Single(_first.Sessions);

        _time.Advance(TimeSpan.FromMilliseconds(200));
        second.Tell(new TurnEnded(TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(0.9)));
        await Until.True("the first one is opened again", () => _first.Sessions.Count == 2);
        Assert.True(second.IsComplete);
        ear.TryHear(Second);
        _first.Sessions[1].Tell("again", 0.5);
        second.Tell("last", 0.95);
        second.End();

        await Heard("lost en | TurnEnded en 1+0.8 | TurnEnded en 1+0.9 | FinalWords en 1+0.95 | FinalWords en 2+0.5");
    });

    [Fact]
    public Task Nobody_is_changed_while_somebody_speaks_again_already() => WithEar(async ear =>
    {
        _health.Fails(_first);
        ear.Listen(Sent.English);
        ear.TryHear(Second);
        ear.TryHear(Second);
        _health.IsWell(_first);

        _second.Sessions[0].Tell(new TurnEnded(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
        await Heard("TurnEnded en 0+1");

        Assert.Empty(_first.Sessions);
    });

    void IHearing.Hear(RecognizerEvent happened, TimeSpan offset, Language language) =>
        _heard.Add(FormattableString.Invariant($"{happened.GetType().Name} {language} {offset.TotalSeconds}+{happened.Until.TotalSeconds}"));

    void IHearing.Lose(Language language) => _heard.Add($"lost {language}");

    void IHearing.Wait(Language language) => _heard.Add($"waits {language}");

    Task Heard(string expected) => Until.True($"this is heard: {expected}", () => string.Join(" | ", _heard) == expected);

    Task WithEar(Func<Ear, Task> test) => Turns.Run(async () =>
    {
        await using var ear = new Ear(new EngineSet([_first, _second], [], [], _health), _time, this, new KnownTerms());
        await test(ear);
    });
}
