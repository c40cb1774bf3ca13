using VoiceGrains.Protocol;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.EndToEnd.Calls;

/// <summary>Speak one language, hear and read another.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class FirstCall(ScriptedSilo scripted)
{
    [Fact]
    public async Task A_spoken_sentence_is_read_and_heard_in_the_other_language()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");

        await ben.Speak("good morning everybody");
        await ana.Until("the speech", () => ana.HeardWords == "good·es morning·es everybody·es");
        await ben.UntilRecorded();

        await ana.Until("the last caption", () => ana.Finals("es") is ["good·es morning·es everybody·es"]);
        await call.AssertNothingIsLost("ben");
    }

    [Fact]
    public async Task A_caption_grows_and_its_committed_part_never_changes()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es", "captions", "original-captions");
        var ben = await call.Join("ben", "en");

        await ben.Send(ScriptedAudio.Encode("one two three four"));
        await ana.Until<Caption>("words are read while he speaks", static caption => caption is { Language: "en", Tail.Length: > 0 });
        await ben.Speak("five six seven eight nine ten");
        await ana.Until<Caption>("the translation is final", static caption => caption is { Language: "es", Final: true });

        foreach (var lane in ana.All<Caption>().GroupBy(static caption => caption.Language))
        {
            var revisions = lane.OrderBy(static caption => caption.Revision).ToList();
            Assert.All(revisions.Zip(revisions.Skip(1)), static pair => Assert.StartsWith(pair.First.Text, pair.Second.Text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Several_speakers_in_several_languages_are_heard_by_everybody_in_their_own()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");
        var chloe = await call.Join("chloe", "fr");

        await Task.WhenAll(ana.Speak("hola amigos"), ben.Speak("hello friends"), chloe.Speak("bonjour tout le monde"));

        await ben.Until("two translations", () => ben.Finals("en") is ["hola·en amigos·en", "hello friends", "bonjour·en tout·en le·en monde·en"]);
        await ana.Until("two translations", () => ana.Finals("es") is ["hola amigos", "hello·es friends·es", "bonjour·es tout·es le·es monde·es"]);
        await chloe.Until("two translations", () => chloe.Finals("fr") is ["hola·fr amigos·fr", "hello·fr friends·fr", "bonjour tout le monde"]);
        Assert.All(new[] { ana, ben, chloe }, static member => Assert.DoesNotContain(member.All<SpeechBegin>(), begin => begin.Speaker == member.Id));
    }

    [Fact]
    public async Task A_listener_of_the_same_language_hears_the_voice_itself()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var beth = await call.Join("beth", "en");
        var ana = await call.Join("ana", "es", "captions", "original");
        var ben = await call.Join("ben", "en-GB");

        await ben.Speak("good morning everybody");
        await ben.UntilRecorded();

        await beth.Until("the voice arrives", () => beth.HeardOriginal == "good morning everybody");
        await ana.Until("the voice arrives", () => ana.HeardOriginal == "good morning everybody");
        Assert.Empty(beth.All<SpeechBegin>());
        Assert.Empty(ana.All<SpeechBegin>());
    }

    [Fact]
    public async Task Typed_text_is_spoken_and_shares_the_numbering_of_frames()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");

        await ben.Speak("spoken first");
        await ben.UntilRecorded();
        var number = await ben.Client.Say("Typed second. And a third sentence!");
        await ana.Until("both were heard", () => ana.HeardWords.Contains("spoken·es first·es", StringComparison.Ordinal)
            && ana.HeardWords.Contains("Typed·es second·es. And·es a·es third·es sentence·es!", StringComparison.Ordinal));
        await ben.UntilRecorded();

        Assert.Equal(number, ben.Client.Recorded);
        Assert.Equal(["spoken·es first·es", "Typed·es second·es. And·es a·es third·es sentence·es!"], ana.Finals("es"));
        Assert.Contains(ana.All<Caption>(), static caption => caption.Origin == "typed");
        await call.AssertNothingIsLost("ben");
    }

    [Fact]
    public async Task A_language_change_counts_from_the_next_sentence_on()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");
        await ben.Speak("before the change");
        await ana.Until("the first translation", () => ana.Finals("es").Count == 1);

        await ana.Client.Send(new ChangeLanguage("it"));
        await ben.Until<RosterMessage>("ana listens in Italian", static roster => roster.Participants.Any(static entry => entry.Language == "it"));
        await ana.Until("a translation into Italian", async () =>
        {
            await ben.Speak("after");
            return ana.Finals("it") is ["after·it", ..];
        });

        Assert.Equal("before·es the·es change·es", ana.Finals("es")[0]);
        Assert.Equal("it", ana.All<Caption>().Last().Language);
    }

    [Fact]
    public async Task Who_leaves_is_gone_and_the_others_go_on()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");
        var chloe = await call.Join("chloe", "fr");

        await chloe.Client.Send(new Leave());
        Assert.Equal(CloseCode.Left, await chloe.UntilClosed());
        await ana.Until<RosterMessage>("chloe is gone", static roster => roster.Participants.Count == 2);
        await ben.Speak("still here");

        await ana.Until("the translation", () => ana.HeardWords == "still·es here·es");
    }

    [Fact]
    public async Task The_end_of_a_call_finishes_what_was_said_and_tells_everybody()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");
        await ben.Send(ScriptedAudio.Encode("cut off in the middle"));
        await ben.Until<Caption>("his words have come", static caption => caption.Tail == "cut off in the middle");

        await call.End();

        Assert.Equal(CloseCode.Ended, await ana.UntilClosed());
        Assert.Equal(CloseCode.Ended, await ben.UntilClosed());
        Assert.Equal(["cut·es off·es in·es the·es middle·es"], ana.Finals("es"));
        Assert.Contains("cut·es off·es in·es the·es middle·es", await call.Transcript("language=es"), StringComparison.Ordinal);
    }
}
