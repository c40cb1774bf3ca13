using System.Net.WebSockets;
using System.Text.Json;
using VoiceGrains.Tests.Emulators.Deepgram;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.Deepgram;

/// <summary>Rules of an open Nova socket, and what the double says: with a client that does not care.</summary>
public sealed class StrictNova
{
    static string Type(JsonElement message) => message.GetProperty("type").GetString()!;

    [Fact]
    public async Task Ten_seconds_without_audio_or_text_end_the_connection()
    {
        var time = new ManualTime();
        await using var vendor = await DeepgramEmulator.Start(time: time);
        await using var client = await RawListener.Connect(vendor, RawListener.Nova);
        await client.Send(new byte[1_600]);
        await client.Send("""{"type":"KeepAlive"}""");
        await Until.True("the keep-alive came", () => vendor.Ledger.CountOf("KeepAlive") == 1);

        time.Advance(TimeSpan.FromSeconds(9));
        await client.Send("""{"type":"KeepAlive"}""");
        await Until.True("the keep-alive came", () => vendor.Ledger.CountOf("KeepAlive") == 2);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(1, vendor.Ledger.OpenNow("socket"));
        time.Advance(TimeSpan.FromSeconds(1));

        await client.HearAll();
        Assert.Equal((WebSocketCloseStatus.InternalServerError, "NET-0001"), (client.CloseStatus!.Value, client.CloseReason![..8]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_keep_alive_counts_only_as_text_and_after_audio(bool isBinary)
    {
        var time = new ManualTime();
        await using var vendor = await DeepgramEmulator.Start(time: time);
        await using var client = await RawListener.Connect(vendor, RawListener.Nova);
        time.Advance(TimeSpan.FromSeconds(9));

        if (isBinary)
            await client.Send("""{"type":"KeepAlive"}"""u8.ToArray());
        else
            await client.Send("""{"type":"KeepAlive"}""");
        await Until.True("it came", () => vendor.Ledger.CountOf("KeepAlive") + vendor.Ledger.CountOf("audio frames") == 1);
        time.Advance(TimeSpan.FromSeconds(isBinary ? 10 : 1));

        await client.HearAll();
        Assert.Equal(WebSocketCloseStatus.InternalServerError, client.CloseStatus);
        Assert.Equal(isBinary ? ["control message in a binary frame"] : [], vendor.Ledger.Mistakes);
    }

    [Fact]
    public async Task An_empty_frame_closes_the_stream()
    {
        await using var vendor = await DeepgramEmulator.Start();
        await using var client = await RawListener.Connect(vendor, RawListener.Nova);

        await client.Send([]);

        Assert.Equal("Metadata", Type((await client.HearAll())[^1]));
        Assert.Equal(["empty binary frame"], vendor.Ledger.Mistakes);
    }

    [Fact]
    public async Task Audio_faster_than_the_vendor_takes_it_is_lost()
    {
        await using var vendor = await DeepgramEmulator.Start(time: new ManualTime());
        await using var client = await RawListener.Connect(vendor, RawListener.Nova);

        await client.Say(SpokenAudio.Of(SpokenAudio.Words(30)));
        await client.Send("""{"type":"CloseStream"}""");

        var words = (await client.HearAll()).Where(static message => Type(message) == "Results" && message.GetProperty("is_final").GetBoolean())
            .Sum(static message => message.GetProperty("channel").GetProperty("alternatives")[0].GetProperty("words").GetArrayLength());
        Assert.InRange(words, 8, 10);
        Assert.All(vendor.Ledger.Mistakes, static mistake => Assert.Equal("audio faster than 1.25 times real time", mistake));
        Assert.NotEmpty(vendor.Ledger.Mistakes);
    }

    [Fact]
    public async Task A_message_that_nobody_knows_ends_the_connection()
    {
        await using var vendor = await DeepgramEmulator.Start();
        await using var client = await RawListener.Connect(vendor, RawListener.Nova);

        await client.Send("""{"type":"Flush"}""");

        await client.HearAll();
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, client.CloseStatus);
        Assert.Equal(["unknown message"], vendor.Ledger.Mistakes);
    }

    [Fact]
    public async Task The_end_of_speech_is_said_twice_and_the_stream_ends_with_Metadata()
    {
        await using var vendor = await DeepgramEmulator.Start();
        vendor.Manners.Speed = 1_000_000;
        await using var client = await RawListener.Connect(vendor, RawListener.Nova);

        await client.Say(SpokenAudio.Of("one two", 1_500));
        await client.Send("""{"type":"CloseStream"}""");

        var all = await client.HearAll();
        var ends = all.FindIndex(static message => Type(message) == "Results" && message.GetProperty("speech_final").GetBoolean());
        var gap = all.FindIndex(static message => Type(message) == "UtteranceEnd");
        Assert.True(ends >= 0 && ends < gap);
        Assert.Equal(0.2, all[gap].GetProperty("last_word_end").GetDouble(), 3);
        Assert.Equal(("Metadata", WebSocketCloseStatus.NormalClosure), (Type(all[^1]), client.CloseStatus!.Value));
        Assert.Equal(1.7, all[^1].GetProperty("duration").GetDouble(), 3);
        Assert.Empty(vendor.Ledger.Mistakes);
    }

    [Fact]
    public async Task An_interim_result_is_not_to_be_trusted()
    {
        await using var vendor = await DeepgramEmulator.Start();
        vendor.Manners.Speed = 1_000_000;
        await using var client = await RawListener.Connect(vendor, RawListener.Nova);

        await client.Say(SpokenAudio.Of(SpokenAudio.Words(8), 400));
        await client.Send("""{"type":"CloseStream"}""");

        var texts = (await client.HearAll()).Where(static message => Type(message) == "Results")
            .Select(static message => message.GetProperty("channel").GetProperty("alternatives")[0].GetProperty("transcript").GetString()).ToList();
        Assert.Contains("word1 word2 word3 word4 word", texts);
        Assert.Contains(SpokenAudio.Words(8), texts);
    }
}
