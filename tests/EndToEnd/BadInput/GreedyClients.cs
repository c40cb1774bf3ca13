using VoiceGrains.Protocol;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.BadInput;

/// <summary>Clients that send as much as they can, or that take nothing of what is sent to them.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class GreedyClients(ScriptedSilo scripted)
{
    const int Texts = 20;

    [Fact]
    public async Task A_flood_of_audio_is_read_more_slowly_and_nothing_of_it_is_lost()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es", "captions");
        var ben = await call.Join("ben", "en");
        var words = Enumerable.Range(1, 100).Select(static number => $"word{number}").ToList();

        // 10 s of speech and 50 s of silence at once.
        foreach (var some in words.Chunk(10))
        {
            await ben.Send(ScriptedAudio.Encode(string.Join(' ', some)));
            await ben.Send(ScriptedAudio.Silence(TimeSpan.FromSeconds(5)));
        }

        await ben.Speak("end");
        words.Add("end");
        await ben.UntilRecorded();
        await ana.Until("all words", () => string.Join(' ', ana.Finals("es")) == string.Join(' ', words.Select(static word => word + "·es")));
        await call.AssertNothingIsLost("ben");
    }

    [Fact]
    public async Task A_client_that_reads_nothing_is_closed_and_the_others_do_not_notice()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");
        await using var deaf = await RawSocket.Welcomed(call, "deaf", """{"type":"hello","language":"es","audioOut":"pcm48"}""");
        var text = string.Join(' ', Enumerable.Repeat("more", 390)) + ".";

        // Each is half a minute of speech: the deaf one's socket fills, then what waits for them.
        for (var said = 1; said <= Texts; said++)
        {
            await ben.Client.Say(text);
            await ana.Until($"text {said} is read", () => ana.Finals("es").Count == said);
        }

        await Until.True("the call sees that the deaf one is gone", DeafIsGone, TimeSpan.FromSeconds(60));
        await ben.Speak("still here");
        await ana.Until("the others go on", () => ana.Finals("es") is [.., "still·es here·es"]);

        Assert.False(ana.IsOver || ben.IsOver, "Another connection was closed.");

        async Task<bool> DeafIsGone() => (await call.Describe()).GetProperty("participants").EnumerateArray()
            .Any(static seat => seat.GetProperty("participant").GetString() == "deaf" && !seat.GetProperty("connected").GetBoolean());
    }
}
