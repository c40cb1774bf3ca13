using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using static VoiceGrains.Tests.Unit.Grains.SpeakerAtWork;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>What a speaker's microphone repeats of their loudspeaker is not read, not translated and not in the transcript; what they say themselves is.</summary>
public sealed class SpeakerWhoHearsTheTranslation
{
    const string Played = "the station is closed all day today";

    readonly SpeakerAtWork _work = new();
    readonly ToldRecognizer _recognizer = new();

    [Fact]
    public Task An_echo_is_neither_shown_nor_translated_nor_kept_and_nobody_is_told_that_it_was_not_understood() => _work.Run(_recognizer, async speaker =>
    {
        Hear(speaker, Played);
        Recognize(Played, at: 0.5);
        await _work.Until("it is over", () => speaker.Figures.Ledger.Unrecognized > 0);

        Assert.DoesNotContain(_work.Gateway.Arrived.OfType<CaptionDelivery>(), static caption => caption.Committed.Length > 0 || caption.Tail.Length > 0);
        Assert.DoesNotContain(_work.Gateway.Arrived, static delivery => delivery is NoticeDelivery);
        Assert.Empty(await _work.Store.Read(Call, 0, 10, default));
        Assert.Equal(7, speaker.Figures.Echoes);
        Assert.True(speaker.Figures.Ledger.IsBalanced);
    });

    [Fact]
    public Task What_is_said_into_an_echo_is_kept_without_it() => _work.Run(_recognizer, async speaker =>
    {
        Hear(speaker, Played);
        Recognize($"wait a moment {Played} oh dear", at: 0.2);
        await _work.Until("it is recorded", () => speaker.Recent.All.Any(static segment => segment.IsRecorded));

        Assert.Equal("wait a moment oh dear", Assert.Single(await _work.Store.Read(Call, 0, 10, default)).Text);
        Assert.Equal("wait·es a·es moment·es oh·es dear·es", _work.Gateway.Arrived.OfType<CaptionDelivery>().Last(static caption => caption.Language == Sent.Spanish).Committed);
    });

    [Fact]
    public Task What_was_played_long_ago_may_be_said_again() => _work.Run(_recognizer, async speaker =>
    {
        Hear(speaker, Played);
        Recognize(Played, at: 5);
        await _work.Until("it is recorded", () => speaker.Recent.All.Any(static segment => segment.IsRecorded));

        Assert.Equal(Played, Assert.Single(await _work.Store.Read(Call, 0, 10, default)).Text);
    });

    [Fact]
    public Task Who_is_muted_has_no_echo() => _work.Run(_recognizer, async speaker =>
    {
        Say(speaker, 1, new byte[640]);
        _work.Time.Advance(TimeSpan.FromSeconds(3));
        speaker.Play([new PlayedClause(Played, Sent.English, TimeSpan.FromSeconds(0.5), TimeSpan.Zero)]);
        SayOn(speaker);
        Recognize(Played, at: 0.5);
        await _work.Until("it is recorded", () => speaker.Recent.All.Any(static segment => segment.IsRecorded));

        Assert.Equal(Played, Assert.Single(await _work.Store.Read(Call, 0, 10, default)).Text);
    });

    // The first frame starts the clock; the clause is played over the first half second of it, and the microphone goes on for eight.
    static void Hear(Speaker speaker, string text)
    {
        Say(speaker, 1, new byte[640]);
        speaker.Play([new PlayedClause(text, Sent.English, TimeSpan.Zero, TimeSpan.FromSeconds(-0.5))]);
        SayOn(speaker);
    }

    static void SayOn(Speaker speaker) => Say(speaker, 2, new byte[640 * 400]);

    // As recognizers do: words that may change first.
    void Recognize(string text, double at)
    {
        var words = text.Split(' ').Select((word, index) => new Word(word, Second(at + (0.1 * index)), Second(at + (0.1 * (index + 1))), 1)).ToImmutableArray();
        var session = Assert.Single(_recognizer.Sessions);
        session.Tell(new SpeechStarted(Second(at)));
        for (var count = 1; count <= words.Length; count++)
            session.Tell(new InterimWords(Second(at), words[..count]));
        session.Tell(new FinalWords(words[^1].End, words));
        session.Tell(new TurnEnded(words[^1].End + Second(0.3), words[^1].End));
    }

    static TimeSpan Second(double second) => TimeSpan.FromSeconds(second);
}
