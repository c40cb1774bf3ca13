using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using static VoiceGrains.Tests.Unit.Grains.SpeakerAtWork;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>A recognizer is lost in a sentence of which some is translated already: what is heard again is not translated again.</summary>
public sealed class RecognizerLostInATranslatedSentence
{
    const string Said = "we send the contract to our guests.";
    const string Spanish = "we·es send·es the·es contract·es to·es our·es guests·es.";

    readonly SpeakerAtWork _work = new();
    readonly ToldRecognizer _recognizer = new();

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public Task What_was_committed_is_not_said_again(int finals) => _work.Run(_recognizer, async speaker =>
    {
        Say(speaker, 1, new byte[640 * 50]);
        await Begin(finals);
        await _work.Until("some of it is translated", () => Committed().StartsWith("we·es send·es the·es", StringComparison.Ordinal));

        _recognizer.Sessions[0].Fail();
        await _work.Until("it is asked for again", () => speaker.Ledger.Next <= 50);
        for (var next = speaker.Ledger.Next; next <= 80; next = speaker.Ledger.Next)
            await _work.Until("it is heard again", () => speaker.TryTake(new SpokenFrame(next, TimeSpan.FromMilliseconds(20 * (next - 1)), new byte[640])));
        var again = Said.Split(' ')[finals..];
        _recognizer.Sessions[1].Tell(new SpeechStarted(TimeSpan.Zero));
        _recognizer.Sessions[1].Tell(new FinalWords(TimeSpan.FromSeconds(0.5), Words(again)));
        _recognizer.Sessions[1].Tell(new TurnEnded(TimeSpan.FromSeconds(0.55), TimeSpan.FromSeconds(0.5)));
        await _work.Until("it is recorded", () => speaker.IsAtRest
            && string.Join(' ', speaker.Recent.All.Where(static segment => segment.IsRecorded).Select(static segment => segment.Text)) == Said);

        Assert.Equal(Said, string.Join(' ', (await _work.Store.Read(Call, 0, 10, default)).OrderBy(static segment => segment.Number).Select(static segment => segment.Text)));
        Assert.Equal(Spanish, Committed());
        Assert.True(speaker.Figures.Ledger.IsBalanced);
    });

    async Task Begin(int finals)
    {
        var words = Said.Split(' ')[..5];
        _recognizer.Sessions[0].Tell(new SpeechStarted(TimeSpan.Zero));
        if (finals > 0)
            _recognizer.Sessions[0].Tell(new FinalWords(TimeSpan.FromSeconds(0.07 * finals), Words(words[..finals])));
        for (var update = 0; update < 3; update++)
        {
            _recognizer.Sessions[0].Tell(new InterimWords(TimeSpan.FromSeconds(0.07 * finals), [.. Words(words)[finals..]]) { Edge = TimeSpan.FromSeconds(0.4 + (0.2 * update)) });
            await Task.Yield();
        }
    }

    // All that was committed into Spanish, over all segments.
    string Committed() => string.Join(' ', _work.Gateway.Arrived.OfType<CaptionDelivery>().Where(static caption => caption.Language == Sent.Spanish)
        .GroupBy(static caption => caption.Segment).OrderBy(static segment => segment.Key).Select(static segment => segment.MaxBy(static caption => caption.Revision)!.Committed)
        .Where(static text => text.Length > 0));

    static ImmutableArray<Word> Words(IEnumerable<string> texts) =>
        [.. texts.Select(static (text, at) => new Word(text, TimeSpan.FromSeconds(0.07 * at), TimeSpan.FromSeconds(0.07 * (at + 1)), 1))];
}
