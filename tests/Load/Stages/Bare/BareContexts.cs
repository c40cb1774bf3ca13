using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using VoiceGrains.Tests.Emulators.ElevenLabs;

namespace VoiceGrains.Tests.Load.Stages.Bare;

/// <summary>ElevenLabs through a bare socket that each stream has for itself, with one context after the other.</summary>
sealed class BareContexts(ClientWebSocket socket) : IDisposable
{
    readonly SemaphoreSlim _turn = new(1, 1);
    readonly byte[] _buffer = new byte[16 * 1024];
    int _contexts;

    public static Way At(Uri vendor)
    {
        var address = new UriBuilder(new Uri(vendor, $"v1/text-to-speech/{ElevenLabsAccount.FemaleVoice}/multi-stream-input"))
        {
            Scheme = "ws",
            Query = "model_id=eleven_flash_v2_5&output_format=pcm_16000&inactivity_timeout=180&enable_logging=true&language_code=en",
        }.Uri;
        return new Way(async stream =>
        {
            using var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("xi-api-key", ElevenLabsEmulator.Key);
            await socket.ConnectAsync(address, CancellationToken.None);
            using var client = new BareContexts(socket);
            await stream.Asked().Ask(client.Speak);
            await client.Close();
        });
    }

    public void Dispose() => _turn.Dispose();

    async Task<TimeSpan> Speak()
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            var context = $"c{++_contexts}";
            await Send(new { text = " ", context_id = context, voice_settings = new { stability = 0.5, similarity_boost = 0.75, speed = 1 } });
            await Task.Delay(EngineWays.OpenedBefore, TimeProvider.System);
            var began = Stopwatch.GetTimestamp();
            await Send(new { text = Talk.Text + " ", context_id = context, flush = true });
            return await Hear(began, context);
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task<TimeSpan> Hear(long began, string context)
    {
        TimeSpan? first = null;
        while (await BareSocket.Receive(socket, _buffer) is { } text)
        {
            using var message = JsonDocument.Parse(text);
            if (message.RootElement.GetProperty("isFinal").ValueKind == JsonValueKind.True)
                return first ?? throw new InvalidOperationException("A context ended without a sound.");
            if (first is not null || message.RootElement.GetProperty("audio").GetBytesFromBase64().Length == 0)
                continue;
            first = Stopwatch.GetElapsedTime(began);
            await Send(new { context_id = context, close_context = true });
        }

        throw new InvalidOperationException("The vendor closed.");
    }

    async Task Close()
    {
        await Send(new { close_socket = true });
        while (await BareSocket.Receive(socket, _buffer) is not null)
        {
            // What still comes is too late.
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    Task Send<T>(T message) => socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
}
