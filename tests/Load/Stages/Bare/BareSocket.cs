using System.Net.WebSockets;

namespace VoiceGrains.Tests.Load.Stages.Bare;

/// <summary>Whole messages of a socket.</summary>
static class BareSocket
{
    /// <summary>The next text message, valid until the buffer is used again. Null: the vendor closed.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> Receive(ClientWebSocket socket, byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
                return null;
            length += received.Count;
            if (received.EndOfMessage)
                return buffer.AsMemory(0, length);
        }
    }
}
