using VoiceGrains.Context;
using VoiceGrains.Engines;
using VoiceGrains.Recognition;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>One recognizer session at a time, on one clock; what a session still has to say comes before what the next one says.</summary>
public sealed class EarOfAParticipant : IHearing
{
    static readonly byte[] Second = new byte[32_000];

    readonly ManualTime _time = new();
    readonly ToldRecognizer _recognizer = new();
    readonly List<string> _heard = [];
    int _waits;

    [Fact]
    public Task A_session_is_opened_when_there_is_audio_for_it() => WithEar(ear =>
    {
        Assert.True(ear.Listen(Sent.English));
        Assert.Empty(_recognizer.Sessions);

        Assert.True(ear.TryHear(Second));
        Assert.True(ear.TryHear(Second));

        Assert.Single(_recognizer.Sessions);
        Assert.Equal(TimeSpan.FromSeconds(2), ear.Position);
        return Task.CompletedTask;
    });

    [Fact]
    public Task Audio_that_finds_no_room_is_not_taken() => WithEar(ear =>
    {
        ear.Listen(Sent.English);
        ear.TryHear(Second);
        _recognizer.Sessions[0].HasRoom = false;

        Assert.False(ear.TryHear(Second));

        Assert.Equal(TimeSpan.FromSeconds(1), ear.Position);
        return Task.CompletedTask;
    });

    [Fact]
    public Task A_language_that_nobody_knows_is_told_at_once() => WithEar(ear =>
    {
        Assert.False(ear.Listen(ToldRecognizer.Klingon));
        return Task.CompletedTask;
    });

    [Fact]
    public Task After_a_change_of_language_the_last_words_of_the_old_one_come_first() => WithEar(async ear =>
    {
        ear.Listen(Sent.English);
        ear.TryHear(Second);
        ear.Listen(Sent.Spanish);
        ear.TryHear(Second);
        var (old, young) = (_recognizer.Sessions[0], _recognizer.Sessions[1]);

        young.Tell(new SpeechStarted(TimeSpan.FromSeconds(0.5)));
        old.Tell(new SilenceHeard(TimeSpan.FromSeconds(1)));
        old.End();

        await Heard("SilenceHeard en 0+1 | SpeechStarted es 1+0.5");
        Assert.True(old.IsComplete);
        await Until.True("the old session is closed", () => old.IsDisposed);
    });

    [Fact]
    public Task A_session_that_fails_is_replaced_after_a_pause() => WithEar(async ear =>
    {
        ear.Listen(Sent.English);
        ear.TryHear(Second);
        _recognizer.Sessions[0].Fail();
        await Heard("lost en");

        Assert.False(ear.TryHear(Second));
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.True(ear.TryHear(Second));

        _recognizer.Sessions[1].Tell(new SilenceHeard(TimeSpan.FromSeconds(1)));
        await Heard("lost en | SilenceHeard en 1+1");
    });

    [Fact]
    public Task An_engine_that_cannot_start_is_asked_more_and_more_rarely() => WithEar(ear =>
    {
        _recognizer.Refusals = 7;
        ear.Listen(Sent.English);

        var begin = _time.GetUtcNow();
        var asked = new List<double>();
        for (var refusals = _recognizer.Refusals; !ear.TryHear(Second); _time.Advance(TimeSpan.FromMilliseconds(100)))
        {
            if (_recognizer.Refusals < refusals)
                asked.Add((_time.GetUtcNow() - begin).TotalSeconds);
            refusals = _recognizer.Refusals;
        }

        Assert.Equal([0, 0.2, 0.6, 1.4, 3, 6.2, 11.2], asked);
        Assert.Equal(1, _waits);
        return Task.CompletedTask;
    });

    [Fact]
    public Task An_engine_that_is_well_again_is_asked_soon() => WithEar(async ear =>
    {
        _recognizer.Refusals = 3;
        ear.Listen(Sent.English);
        while (!ear.TryHear(Second))
            _time.Advance(TimeSpan.FromSeconds(1));
        _recognizer.Sessions[0].Tell(new TurnEnded(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
        _recognizer.Sessions[0].Fail();
        await Heard("TurnEnded en 0+1 | lost en");

        _time.Advance(TimeSpan.FromMilliseconds(200));

        Assert.True(ear.TryHear(Second));
    });

    [Fact]
    public Task An_engine_that_only_notices_speech_before_it_breaks_is_asked_more_and_more_rarely() => WithEar(async ear =>
    {
        _recognizer.Refusals = 3;
        ear.Listen(Sent.English);
        while (!ear.TryHear(Second))
            _time.Advance(TimeSpan.FromSeconds(1));
        _recognizer.Sessions[0].Tell(new SpeechStarted(TimeSpan.Zero));
        _recognizer.Sessions[0].Fail();
        await Heard("SpeechStarted en 0+0 | lost en");

        _time.Advance(TimeSpan.FromMilliseconds(200));

        Assert.False(ear.TryHear(Second));
    });

    [Fact]
    public Task Finishing_waits_for_the_last_words() => WithEar(async ear =>
    {
        ear.Listen(Sent.English);
        ear.TryHear(Second);

        var finished = ear.Finish();
        _recognizer.Sessions[0].Tell(new SilenceHeard(TimeSpan.FromSeconds(1)));
        await Heard("SilenceHeard en 0+1");
        Assert.False(finished.IsCompleted);
        _recognizer.Sessions[0].End();

        await finished;
        Assert.False(ear.TryHear(Second));
    });

    void IHearing.Hear(RecognizerEvent happened, TimeSpan offset, Language language) =>
        _heard.Add(FormattableString.Invariant($"{happened.GetType().Name} {language} {offset.TotalSeconds}+{happened.Until.TotalSeconds}"));

    void IHearing.Lose(Language language) => _heard.Add($"lost {language}");

    void IHearing.Wait(Language language) => _waits++;

    Task Heard(string expected) => Until.True($"this is heard: {expected}", () => string.Join(" | ", _heard) == expected);

    Task WithEar(Func<Ear, Task> test) => Turns.Run(async () =>
    {
        await using var ear = new Ear(new EngineSet([_recognizer], [], []), _time, this, new KnownTerms());
        await test(ear);
    });
}
