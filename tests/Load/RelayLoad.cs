using System.Diagnostics;
using System.Net.WebSockets;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Load;

/// <summary>The load on the raw relay: the same frames, to the same number of listeners.</summary>
sealed class RelayLoad(LoadPlan plan, ServerProcess server, Measured measured) : IAsyncDisposable
{
    readonly List<ClientWebSocket> _sockets = [];
    readonly List<Task> _running = [];
    readonly CancellationTokenSource _over = new();

    public async Task Start()
    {
        var speech = new Speech(plan.Frame);
        var talkers = new Talker[plan.People];
        for (var seat = 0; seat < plan.People; seat++)
        {
            var socket = new ClientWebSocket();
            await socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/relay?seat={seat}&partner={seat ^ 1}"), CancellationToken.None);
            _sockets.Add(socket);
            var number = 0u;
            talkers[seat] = new Talker(speech, plan.Frame, measured, async audio =>
                await socket.SendAsync(
                    new FrameHeader(FrameKind.Microphone, 0, ++number, TimeSpan.Zero).WithAudio(audio), WebSocketMessageType.Binary, true, CancellationToken.None));
        }

        for (var seat = 0; seat < plan.People; seat++)
        {
            _running.Add(Listen(_sockets[seat], talkers[seat ^ 1]));
            _running.Add(talkers[seat].TalkAll(plan.Frame * seat / plan.People, _over.Token));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        foreach (var socket in _sockets)
            socket.Abort();
        await Task.WhenAll(_running);
        _over.Dispose();
    }

    static async Task Listen(ClientWebSocket socket, Talker partner)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                var now = Stopwatch.GetTimestamp();
                if (FrameHeader.TryRead(buffer.AsSpan(0, received.Count), out var header))
                    partner.HeardOriginal(header.Sequence - 1, now);
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The bench is over.
        }
    }
}
