using System.Diagnostics;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.EndToEnd.Calls;

/// <summary>A microphone that hears the loudspeaker beside it does not send the translation back.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class EchoOfTheTranslation(ScriptedSilo scripted)
{
    static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    readonly Stopwatch _watch = Stopwatch.StartNew();
    TimeSpan _sent;

    [Fact]
    public async Task What_a_listener_s_microphone_repeats_is_not_translated_back_and_what_they_say_is()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");
        await BeSilent(ana);

        await ben.Speak("the station is closed all day today");
        await ana.Until("the translation", async () =>
        {
            await BeSilent(ana);
            return ana.HeardWords == "the·es station·es is·es closed·es all·es day·es today·es";
        });
        await ana.Speak(ana.HeardWords);
        await ana.Speak("muchas gracias");

        await ben.Until("what she says", () => ben.HeardWordsOf("ana") == "muchas·en gracias·en");
        await ana.UntilRecorded();
        Assert.Equal(["muchas·en gracias·en"], ben.Finals("ana", "en"));
        Assert.Equal(7, (await call.Figures("ana")).GetProperty("echoes").GetInt64());
        await call.AssertNothingIsLost("ana");
    }

    // Her microphone is open all the time: one that has sent nothing for 2 s counts as muted, and hears no echo.
    async Task BeSilent(Member ana)
    {
        for (; _sent <= _watch.Elapsed; _sent += Frame)
            await ana.Send(ScriptedAudio.Silence(Frame));
    }
}
