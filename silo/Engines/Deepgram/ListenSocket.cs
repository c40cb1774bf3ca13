using System.Buffers;
using System.Net.WebSockets;
using System.Text;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>An open socket: whole messages in, audio and control messages out, each within a deadline. One reader and one writer.</summary>
sealed class ListenSocket(ClientWebSocket socket, DeepgramOptions options, TimeProvider time) : IDisposable
{
    // A turn of five minutes has less than a quarter of it.
    const int LongestMessage = 512 * 1024;
    byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);

    /// <summary>The vendor's name for the connection. Null: it told none.</summary>
    public string? RequestId { get; init; }

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public string? CloseReason => socket.CloseStatusDescription;

    /// <summary>
    /// The next text message, valid until the next call. Null: the vendor closed. Throws <see cref="WebSocketException"/> and
    /// <see cref="OperationCanceledException"/> when the connection is lost.
    /// </summary>
    public async Task<ReadOnlyMemory<byte>?> Receive()
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
                Grow();
            // Never cancelled: that would abort the socket. Whoever closes it ends the wait.
            var received = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
                return null;
            length += received.Count;
            if (!received.EndOfMessage)
                continue;
            if (received.MessageType == WebSocketMessageType.Text)
                return _buffer.AsMemory(0, length);
            length = 0;
        }
    }

    /// <summary>Sends audio, at least one sample: an empty frame would close the stream.</summary>
    public Task SendAudio(ReadOnlyMemory<byte> audio, CancellationToken cancellationToken) => Send(audio, WebSocketMessageType.Binary, cancellationToken);

    public Task SendText(string text, CancellationToken cancellationToken) => Send(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, cancellationToken);

    /// <summary>Closes with a handshake, so that the vendor frees the place at once, within the deadline.</summary>
    /// <param name="receiving">The reader that is still waiting; completed: none.</param>
    public async Task Close(Task receiving)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            var closing = CloseBothWays(receiving);
            await Quietly(closing.WaitAsync(options.CloseDeadline, time));
            socket.Abort();
            await Quietly(closing);
        }

        socket.Abort();
        await Quietly(receiving);
    }

    public void Dispose()
    {
        socket.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    async Task CloseBothWays(Task receiving)
    {
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await Quietly(receiving);
        while (socket.State == WebSocketState.CloseSent && await Receive() is not null)
        {
            // What still comes is too late.
        }
    }

    async Task Send(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        var sending = socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None);
        if (sending.IsCompletedSuccessfully)
            return;
        await sending.AsTask().WaitAsync(options.StallAfter, time, cancellationToken);
    }

    void Grow()
    {
        if (_buffer.Length >= LongestMessage)
            throw new WebSocketException(WebSocketError.Faulted, "The message is too long.");
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception)
        {
            // The session has its outcome already; how the socket dies adds nothing to it.
        }
    }
}
