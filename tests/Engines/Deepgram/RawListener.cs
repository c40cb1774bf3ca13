using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using VoiceGrains.Tests.Emulators.Deepgram;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.Deepgram;

/// <summary>A client without any care, to do what one must not do.</summary>
sealed class RawListener : IAsyncDisposable
{
    public const string Nova = "/v1/listen?model=nova-3&encoding=linear16&sample_rate=16000&interim_results=true&vad_events=true&utterance_end_ms=1000&endpointing=300";
    public const string Flux = "/v2/listen?model=flux-general-en&encoding=linear16&sample_rate=16000";

    readonly ClientWebSocket _socket = new();

    /// <summary>HTTP status and <c>dg-error</c> of a handshake that was refused.</summary>
    public (int Status, string? Error)? Refused { get; private set; }

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    public static async Task<RawListener> Connect(DeepgramEmulator vendor, string address, string? authorization = null)
    {
        var client = new RawListener();
        client._socket.Options.CollectHttpResponseDetails = true;
        client._socket.Options.SetRequestHeader("Authorization", authorization ?? "Token " + vendor.Key);
        try
        {
            await client._socket.ConnectAsync(new Uri(vendor.SocketAddress + address), TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            client.Refused = ((int)client._socket.HttpStatusCode, client._socket.HttpResponseHeaders?.FirstOrDefault(static header => header.Key == "dg-error").Value?.First());
        }

        return client;
    }

    public Task Send(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    public Task Send(byte[] audio) => _socket.SendAsync(audio, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);

    /// <summary>Sends audio in pieces of 80 ms.</summary>
    public async Task Say(byte[] audio)
    {
        foreach (var piece in audio.Chunk(2_560))
            await Send(piece);
    }

    /// <summary>The next message. Null: the vendor closed.</summary>
    public async Task<JsonElement?> Hear()
    {
        var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
                return JsonDocument.Parse(message.ToArray()).RootElement;
        }
    }

    /// <summary>All messages until the vendor closes.</summary>
    public async Task<List<JsonElement>> HearAll()
    {
        var all = new List<JsonElement>();
        while (await Until.Done("the next message, or the end", Hear()) is { } message)
            all.Add(message);
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        return all;
    }

    public void Abort() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        _socket.Dispose();
    }
}
