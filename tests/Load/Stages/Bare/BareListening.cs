using System.Net.WebSockets;
using System.Text.Json;

namespace VoiceGrains.Tests.Load.Stages.Bare;

/// <summary>Deepgram through a bare socket: one for each stream, frames go out as they come, and of the answers only what is measured is read.</summary>
/// <param name="wordsIn">Up to where the vendor had listened, and where the last word ends, if the message has words that count.</param>
sealed class BareListening(Uri address, Func<JsonElement, (double Listened, double End)?> wordsIn)
{
    const string NovaQuery = "v1/listen?model=nova-3&language=en&encoding=linear16&sample_rate=16000&channels=1&interim_results=true"
        + "&vad_events=true&punctuate=true&smart_format=true&endpointing=300&utterance_end_ms=1000";
    const string FluxQuery = "v2/listen?model=flux-general-en&encoding=linear16&sample_rate=16000&eot_threshold=0.7&eot_timeout_ms=3000";

    public static Way Nova(Uri vendor) => At(vendor, NovaQuery, OfInterim);

    public static Way Flux(Uri vendor) => At(vendor, FluxQuery, OfTurn);

    public async Task Run(SpokenStream stream)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Token dg-test-key");
        await socket.ConnectAsync(address, CancellationToken.None);
        var hearing = Hear(socket, stream);
        await stream.Speak((_, audio) => socket.SendAsync(audio, WebSocketMessageType.Binary, true, CancellationToken.None));
        await socket.SendAsync("""{"type":"CloseStream"}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        await hearing;
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    static Way At(Uri vendor, string query, Func<JsonElement, (double, double)?> wordsIn)
    {
        var client = new BareListening(new Uri($"ws://{vendor.Authority}/{query}"), wordsIn);
        return new Way(stream => client.Run(stream.Spoken()));
    }

    async Task Hear(ClientWebSocket socket, SpokenStream stream)
    {
        var buffer = new byte[16 * 1024];
        while (await BareSocket.Receive(socket, buffer) is { } text)
        {
            using var message = JsonDocument.Parse(text);
            if (wordsIn(message.RootElement) is (var listened, var end))
                stream.Hear(TimeSpan.FromSeconds(listened), TimeSpan.FromSeconds(end));
        }
    }

    static (double, double)? OfInterim(JsonElement message) => message.TryGetProperty("is_final", out var isFinal) && !isFinal.GetBoolean()
        ? Words(message.GetProperty("channel").GetProperty("alternatives")[0], message.GetProperty("start").GetDouble() + message.GetProperty("duration").GetDouble())
        : null;

    // Text before StartOfTurn may vanish again: nobody is shown it.
    static (double, double)? OfTurn(JsonElement message) => message.GetProperty("type").GetString() == "TurnInfo" && message.GetProperty("event").GetString() == "StartOfTurn"
        ? Words(message, message.GetProperty("audio_window_end").GetDouble())
        : null;

    static (double, double)? Words(JsonElement spoken, double listened) =>
        spoken.GetProperty("words") is var words && words.GetArrayLength() is > 0 and var count ? (listened, words[count - 1].GetProperty("end").GetDouble()) : null;
}
