using System.Net.WebSockets;
using System.Text.Json;
using VoiceGrains.Tests.Emulators.Deepgram;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.Deepgram;

/// <summary>Rules of an open Flux socket, and what the double says: with a client that does not care.</summary>
public sealed class StrictFlux
{
    static string Text(JsonElement message, string name) => message.TryGetProperty(name, out var text) ? text.GetString()! : "";

    static async Task<List<JsonElement>> Say(DeepgramEmulator vendor, byte[] audio, string address, params string[] then)
    {
        vendor.Manners.Speed = 1_000_000;
        await using var client = await RawListener.Connect(vendor, address);
        await client.Say(audio);
        foreach (var text in then)
            await client.Send(text);
        await client.Send("""{"type":"CloseStream"}""");
        var all = await client.HearAll();
        Assert.True(client.CloseStatus is WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.Empty or null);
        return all;
    }

    [Theory]
    [InlineData("""{"type":"KeepAlive"}""", "KeepAlive is no message of Flux")]
    [InlineData("""{"type":"Finalize"}""", "Finalize is no message of Flux")]
    [InlineData("hello", "unknown message")]
    public async Task What_only_Nova_knows_is_an_error_and_a_close_without_status(string text, string rule)
    {
        await using var vendor = await DeepgramEmulator.Start();
        await using var client = await RawListener.Connect(vendor, RawListener.Flux);

        await client.Send(text);

        var all = await client.HearAll();
        Assert.Equal(("Error", "UNPARSABLE_CLIENT_MESSAGE"), (Text(all[^1], "type"), Text(all[^1], "code")));
        Assert.Equal([rule], vendor.Ledger.Mistakes);
    }

    [Fact]
    public async Task An_empty_frame_is_an_error()
    {
        await using var vendor = await DeepgramEmulator.Start();
        await using var client = await RawListener.Connect(vendor, RawListener.Flux);

        await client.Send([]);

        Assert.Equal("Error", Text((await client.HearAll())[^1], "type"));
        Assert.Equal(["empty binary frame"], vendor.Ledger.Mistakes);
    }

    [Fact]
    public async Task Who_sends_no_audio_is_inactive()
    {
        var time = new ManualTime();
        await using var vendor = await DeepgramEmulator.Start(time: time);
        await using var client = await RawListener.Connect(vendor, RawListener.Flux);
        await client.Hear();

        time.Advance(TimeSpan.FromSeconds(25));

        Assert.Equal("INACTIVE_CLIENT", Text((await client.HearAll())[^1], "code"));
    }

    [Fact]
    public async Task Messages_are_numbered_and_text_comes_before_the_turn_begins()
    {
        await using var vendor = await DeepgramEmulator.Start();

        var all = await Say(vendor, SpokenAudio.Of(480, "one two three four five six seven", 800), RawListener.Flux);

        Assert.Equal(Enumerable.Range(0, all.Count), all.Select(static message => message.GetProperty("sequence_id").GetInt32()));
        Assert.Equal("Connected", Text(all[0], "type"));
        var start = all.FindIndex(static message => Text(message, "event") == "StartOfTurn");
        Assert.Equal("Update", Text(all[start - 1], "event"));
        Assert.NotEqual("", Text(all[start - 1], "transcript"));
        var end = all.Single(static message => Text(message, "event") == "EndOfTurn");
        Assert.Equal(("one two three four five six seven", "model"), (Text(end, "transcript"), Text(end, "trigger")));
        Assert.All(all.Where(static message => Text(message, "type") == "TurnInfo").Zip(all.Skip(2)), static pair =>
            Assert.InRange(pair.Second.GetProperty("audio_window_end").GetDouble() - pair.First.GetProperty("audio_window_end").GetDouble(), 0, 0.241));
        Assert.Equal(1, all[^1].GetProperty("turn_index").GetInt32());
        Assert.Empty(vendor.Ledger.Mistakes);
    }

    [Fact]
    public async Task A_turn_ends_with_the_text_of_the_last_guess_and_a_wrong_guess_is_taken_back()
    {
        await using var vendor = await DeepgramEmulator.Start();

        var all = await Say(vendor, SpokenAudio.Of("one two three four five six", 240, "seven eight", 800), RawListener.Flux + "&eager_eot_threshold=0.5");

        var events = all.Select(static message => Text(message, "event")).Where(static name => name is not ("" or "Update" or "StartOfTurn")).ToList();
        Assert.Equal(["EagerEndOfTurn", "TurnResumed", "EagerEndOfTurn", "EndOfTurn"], events);
        var guess = all.Last(static message => Text(message, "event") == "EagerEndOfTurn");
        var end = all.Single(static message => Text(message, "event") == "EndOfTurn");
        Assert.Equal(Text(guess, "transcript"), Text(end, "transcript"));
    }

    [Fact]
    public async Task At_the_end_of_the_stream_no_turn_is_ended()
    {
        await using var vendor = await DeepgramEmulator.Start();

        var all = await Say(vendor, SpokenAudio.Of("one two three four five six"), RawListener.Flux);

        Assert.DoesNotContain(all, static message => Text(message, "event") == "EndOfTurn");
        Assert.Equal(("Update", "one two three four five six"), (Text(all[^1], "event"), Text(all[^1], "transcript")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_forced_end_is_manual_and_nothing_without_a_turn(bool isSpeaking)
    {
        await using var vendor = await DeepgramEmulator.Start();

        var all = await Say(vendor, isSpeaking ? SpokenAudio.Of(SpokenAudio.Words(8)) : SpokenAudio.Pause(800), RawListener.Flux + "&eot_threshold=1.0", """{"type":"ForceEndTurn"}""");

        var ends = all.Where(static message => Text(message, "event") == "EndOfTurn").Select(static message => Text(message, "trigger"));
        Assert.Equal(isSpeaking ? ["manual"] : [], ends);
    }

    [Fact]
    public async Task Settings_change_in_mid_stream_or_are_refused()
    {
        await using var vendor = await DeepgramEmulator.Start();

        var all = await Say(
            vendor,
            SpokenAudio.Pause(240),
            RawListener.Flux,
            """{"type":"Configure","thresholds":{"eot_threshold":0.8},"keyterms":["Orleans"]}""",
            """{"type":"Configure","thresholds":{"eot_threshold":0.2}}""");

        Assert.Equal("Orleans", all.Single(static message => Text(message, "type") == "ConfigureSuccess").GetProperty("keyterms")[0].GetString());
        Assert.Single(all, static message => Text(message, "type") == "ConfigureFailure");
        Assert.Equal(["eot_threshold is from 0.5 to 1"], vendor.Ledger.Mistakes);
    }
}
