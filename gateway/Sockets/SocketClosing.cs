using System.Net.WebSockets;
using VoiceGrains.Protocol;

namespace VoiceGrains.Gateway.Sockets;

/// <summary>Ends a socket so that the client learns why.</summary>
static class SocketClosing
{
    static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    /// <summary>Tells the reason, and waits a little for the client's own close: without it the reason could be lost with a reset connection.</summary>
    /// <param name="talking">Whoever reads the socket until it ends.</param>
    public static async Task Close(WebSocket socket, CloseCode code, Task talking, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(CloseLimit, time);
        try
        {
            if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
                return;
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, code.ToString(), limit.Token);
            if (talking.IsCompleted && socket.State == WebSocketState.CloseSent)
                await ReadToClose(socket, limit.Token);
            else
                await talking.WaitAsync(limit.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It is gone already, or does not answer.
        }
    }

    static async Task ReadToClose(WebSocket socket, CancellationToken cancellationToken)
    {
        var ignored = new byte[4_096];
        while ((await socket.ReceiveAsync(ignored.AsMemory(), cancellationToken)).MessageType != WebSocketMessageType.Close)
        {
            // What the client sent before it saw the close.
        }
    }
}
