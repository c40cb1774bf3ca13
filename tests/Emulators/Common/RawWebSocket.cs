using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace VoiceGrains.Tests.Emulators.Common;

/// <summary>A whole message that a client sent.</summary>
/// <param name="Text">Null: it is binary.</param>
sealed record ClientFrame(string? Text, byte[] Binary)
{
    public static ClientFrame OfText(string text) => new(text, []);

    public static ClientFrame OfBinary(byte[] binary) => new(null, binary);
}

/// <summary>
/// The server's end of a WebSocket (RFC 6455), framed by hand: so that it can do what vendors' servers do and a correct library refuses, such as a close frame
/// without a status, a frame that is cut, or pings that nobody answers. One reader; writers take turns.
/// </summary>
sealed class RawWebSocket : IAsyncDisposable
{
    const int Continuation = 0, TextFrame = 1, BinaryFrame = 2, CloseFrame = 8, Ping = 9, Pong = 10;
    const int LargestMessage = 4 * 1024 * 1024;

    readonly Stream _stream;
    readonly HttpContext _context;
    readonly SemaphoreSlim _writing = new(1, 1);

    RawWebSocket(HttpContext context, Stream stream) => (_context, _stream) = (context, stream);

    /// <summary>Whether pings are answered.</summary>
    public bool AnswersPings { get; set; } = true;

    /// <summary>What the client's close frame said; null: none came.</summary>
    public (int? Code, string Reason)? ClosedByClient { get; private set; }

    /// <summary>Takes the upgrade. The endpoint has checked everything else.</summary>
    /// <param name="subprotocol">The chosen one; null: none.</param>
    public static async Task<RawWebSocket> Accept(HttpContext context, string? subprotocol = null)
    {
        var key = context.Request.Headers.SecWebSocketKey.ToString();
        var upgrade = context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } found && key.Length > 0
            ? found
            : throw new InvalidOperationException("The request is no WebSocket handshake.");
#pragma warning disable CA5350 // RFC 6455 asks for SHA-1; nothing is protected by it.
        context.Response.Headers.SecWebSocketAccept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.Connection = "Upgrade";
        if (subprotocol is not null)
            context.Response.Headers.SecWebSocketProtocol = subprotocol;
        return new RawWebSocket(context, await upgrade.UpgradeAsync());
    }

    /// <summary>The next whole message. Null: the client closed or is gone, or the connection was reset. Throws only when it is cancelled.</summary>
    public async Task<ClientFrame?> Read(CancellationToken cancellationToken)
    {
        var message = new MemoryStream();
        var kind = Continuation;
        try
        {
            while (true)
            {
                var (opcode, isLast, payload) = await ReadFrame(cancellationToken);
                switch (opcode)
                {
                    case CloseFrame:
                        ClosedByClient = payload.Length >= 2 ? (BinaryPrimitives.ReadUInt16BigEndian(payload), Encoding.UTF8.GetString(payload.AsSpan(2))) : (null, "");
                        return null;
                    case Ping when AnswersPings:
                        await WriteFrame(Pong, payload, isLast: true);
                        continue;
                    case Ping or Pong:
                        continue;
                }

                kind = opcode == Continuation ? kind : opcode;
                message.Write(payload);
                if (message.Length > LargestMessage)
                    return null;
                if (isLast)
                    return kind == TextFrame ? ClientFrame.OfText(Encoding.UTF8.GetString(message.ToArray())) : ClientFrame.OfBinary(message.ToArray());
            }
        }
        catch (Exception error) when (error is IOException or EndOfStreamException or ObjectDisposedException or SocketException or ConnectionAbortedFault)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // So the server tells of a connection that was reset from this end.
            return null;
        }
    }

    public Task WriteText(string text) => WriteFrame(TextFrame, Encoding.UTF8.GetBytes(text), isLast: true);

    public Task WriteBinary(ReadOnlyMemory<byte> binary) => WriteFrame(BinaryFrame, binary, isLast: true);

    /// <summary>A text message in several frames.</summary>
    public async Task WriteFragments(string text, int pieces)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var size = Math.Max(1, (bytes.Length + pieces - 1) / pieces);
        for (var at = 0; at < bytes.Length; at += size)
            await WriteFrame(at == 0 ? TextFrame : Continuation, bytes.AsMemory(at, Math.Min(size, bytes.Length - at)), at + size >= bytes.Length);
    }

    /// <summary>Begins a text message, and ends the connection in the middle of its frame.</summary>
    public async Task WriteCut(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        await Write(Header(TextFrame, bytes.Length, isLast: true));
        await Write(bytes.AsMemory(0, bytes.Length / 2));
        await End();
    }

    /// <summary>Sends a close frame. Null: one without a status, as Deepgram Flux does after an error.</summary>
    public Task WriteClose(int? code, string reason = "")
    {
        if (code is not { } status)
            return WriteFrame(CloseFrame, ReadOnlyMemory<byte>.Empty, isLast: true);
        var payload = new byte[2 + Encoding.UTF8.GetByteCount(reason)];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)status);
        Encoding.UTF8.GetBytes(reason, payload.AsSpan(2));
        return WriteFrame(CloseFrame, payload, isLast: true);
    }

    /// <summary>Ends the connection with a reset.</summary>
    public void Abort()
    {
        if (_context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _context.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _writing.Dispose();
    }

    async Task End()
    {
        await _stream.FlushAsync();
        _context.Features.Get<IConnectionSocketFeature>()?.Socket.Shutdown(SocketShutdown.Send);
    }

    async Task<(int Opcode, bool IsLast, byte[] Payload)> ReadFrame(CancellationToken cancellationToken)
    {
        var head = await ReadExactly(2, cancellationToken);
        var length = (long)(head[1] & 0x7F);
        if (length == 126)
            length = BinaryPrimitives.ReadUInt16BigEndian(await ReadExactly(2, cancellationToken));
        else if (length == 127)
            length = BinaryPrimitives.ReadInt64BigEndian(await ReadExactly(8, cancellationToken));
        if (length > LargestMessage || (head[1] & 0x80) == 0)
            throw new ConnectionAbortedFault();
        var mask = await ReadExactly(4, cancellationToken);
        var payload = await ReadExactly((int)length, cancellationToken);
        for (var i = 0; i < payload.Length; i++)
            payload[i] ^= mask[i % 4];
        return (head[0] & 0x0F, (head[0] & 0x80) != 0, payload);
    }

    async Task<byte[]> ReadExactly(int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        await _stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    async Task WriteFrame(int opcode, ReadOnlyMemory<byte> payload, bool isLast)
    {
        byte[] frame = [.. Header(opcode, payload.Length, isLast), .. payload.Span];
        await Write(frame);
    }

    async Task Write(ReadOnlyMemory<byte> bytes)
    {
        await _writing.WaitAsync();
        try
        {
            await _stream.WriteAsync(bytes);
            await _stream.FlushAsync();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or SocketException)
        {
            // The client is gone; the reader sees it too.
        }
        finally
        {
            _writing.Release();
        }
    }

    static byte[] Header(int opcode, int length, bool isLast)
    {
        var first = (byte)(opcode | (isLast ? 0x80 : 0));
        switch (length)
        {
            case < 126:
                return [first, (byte)length];
            case <= ushort.MaxValue:
                return [first, 126, (byte)(length >> 8), (byte)length];
            default:
                var header = new byte[10];
                (header[0], header[1]) = (first, 127);
                BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(2), length);
                return header;
        }
    }

    /// <summary>The client does not keep to the protocol.</summary>
    sealed class ConnectionAbortedFault : Exception;
}
