using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Emulators.ElevenLabs;

namespace VoiceGrains.Tests.Engines.ElevenLabs;

/// <summary>A client that sends what a test tells it to, right or wrong, without a line of the product.</summary>
sealed class RawSpeaker : IDisposable
{
    readonly ClientWebSocket _socket = new();
    readonly List<byte> _audio = [];

    /// <summary>The error that came in band; null: none yet.</summary>
    public string? Error { get; private set; }

    /// <summary>Contexts whose final message came.</summary>
    public List<string> Ended { get; } = [];

    public IReadOnlyList<string> Words => ScriptedAudio.Decode([.. _audio]);

    public static async Task<RawSpeaker> Connect(
        ElevenLabsEmulator vendor, string query = "model_id=eleven_flash_v2_5&output_format=pcm_16000", string? key = ElevenLabsEmulator.Key, string voice = ElevenLabsAccount.FemaleVoice)
    {
        var speaker = new RawSpeaker();
        speaker._socket.Options.CollectHttpResponseDetails = true;
        if (key is not null)
            speaker._socket.Options.SetRequestHeader("xi-api-key", key);
        await speaker._socket.ConnectAsync(new Uri($"ws://{vendor.Address.Authority}/v1/text-to-speech/{voice}/multi-stream-input?{query}"), CancellationToken.None);
        return speaker;
    }

    public async Task Say(params string[] messages)
    {
        foreach (var message in messages)
            await _socket.SendAsync(Encoding.UTF8.GetBytes(message.Replace('\'', '"')), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
    }

    public Task SayBinary(byte[] message) => _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    /// <summary>Reads until a condition holds, or the vendor closes.</summary>
    /// <returns>The close code; null: it did not close.</returns>
    public async Task<int?> Read(Func<RawSpeaker, bool>? until = null)
    {
        var buffer = new byte[1024 * 1024];
        while (until is null || !until(this))
        {
            var length = 0;
            ValueWebSocketReceiveResult read;
            do
            {
                read = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
                length += read.Count;
            }
            while (!read.EndOfMessage);
            if (read.MessageType == WebSocketMessageType.Close)
                return (int?)_socket.CloseStatus;
            Take(JsonNode.Parse(buffer.AsSpan(0, length))!.AsObject());
        }

        return null;
    }

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
    }

    void Take(JsonObject message)
    {
        Error ??= (string?)message["error"];
        if ((string?)message["audio"] is { } audio)
            _audio.AddRange(Convert.FromBase64String(audio));
        if (message["isFinal"]?.GetValue<bool>() == true)
            Ended.Add((string)message["contextId"]!);
    }
}
