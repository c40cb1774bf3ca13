using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Silo.Engines.Scripted;
using static VoiceGrains.Tests.Unit.Grains.SpeakerAtWork;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Final words are asked for in mid-sentence where that helps a translation that is under way, and only there.</summary>
public sealed class SpeakerWhoPauses
{
    static readonly byte[] Words = ScriptedAudio.Encode("we send the contract");
    static readonly byte[] Pause = ScriptedAudio.Silence(TimeSpan.FromSeconds(0.3));

    readonly ToldRecognizer _recognizer = new();

    [Fact]
    public Task In_a_pause_with_words_that_are_not_final_they_are_asked_for_once() => new SpeakerAtWork().Run(_recognizer, async speaker =>
    {
        Say(speaker, 1, Words);
        await Hear("we send the contract");

        Say(speaker, speaker.Ledger.Next, Pause);

        Assert.Equal(1, _recognizer.Sessions[0].AskedInMidSegment);
        Assert.False(_recognizer.Sessions[0].IsAskedForWords);
    });

    [Fact]
    public Task When_all_words_are_final_nothing_is_asked_for() => new SpeakerAtWork().Run(_recognizer, async speaker =>
    {
        Say(speaker, 1, Words);
        await Hear("we send the contract");
        _recognizer.Sessions[0].Tell(new FinalWords(TimeSpan.FromSeconds(0.4), Told("we send the contract")));
        await Until("they are final", speaker, static speaker => speaker.Recent.All.Any(static segment => segment.Text.Length > 0));

        Say(speaker, speaker.Ledger.Next, Pause);

        Assert.Equal(0, _recognizer.Sessions[0].AskedInMidSegment);
    });

    [Fact]
    public Task Where_nobody_drafts_nothing_is_asked_for() => new SpeakerAtWork { Translator = new ToldTranslator("hola") }.Run(_recognizer, async speaker =>
    {
        Say(speaker, 1, Words);
        await Hear("we send the contract");

        Say(speaker, speaker.Ledger.Next, Pause);

        Assert.Equal(0, _recognizer.Sessions[0].AskedInMidSegment);
    });

    [Fact]
    public Task A_number_that_everything_waits_for_is_asked_for() => new SpeakerAtWork().Run(_recognizer, async speaker =>
    {
        Say(speaker, 1, Words);
        for (var update = 0; update < 8; update++)
            await Hear("seven of them are", update);

        Assert.Equal(1, _recognizer.Sessions[0].AskedInMidSegment);
    });

    async Task Hear(string words, int update = 0)
    {
        if (update == 0)
            _recognizer.Sessions[0].Tell(new SpeechStarted(TimeSpan.Zero));
        _recognizer.Sessions[0].Tell(new InterimWords(TimeSpan.Zero, Told(words)) { Edge = TimeSpan.FromSeconds(0.5 + (0.1 * update)) });
        await Support.Until.True("it is heard", () => _recognizer.Sessions[0].IsHeard);
    }

    static Task Until(string what, VoiceGrains.Participants.Speaker speaker, Func<VoiceGrains.Participants.Speaker, bool> condition) => Support.Until.True(what, () => condition(speaker));

    static ImmutableArray<Word> Told(string words) =>
        [.. words.Split(' ').Select(static (text, at) => new Word(text, TimeSpan.FromSeconds(0.1 * at), TimeSpan.FromSeconds(0.1 * (at + 1)), 1))];
}
