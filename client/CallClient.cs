using System.Net.WebSockets;
using System.Threading.Channels;
using VoiceGrains.Audio;
using VoiceGrains.Protocol;

namespace VoiceGrains.Client;

/// <summary>Something that came from the server: a message, or audio with its header.</summary>
/// <param name="ReceivedAt">Timestamp of the client's clock.</param>
public sealed record Received(ServerMessage? Message, FrameHeader Header, byte[] Audio, long ReceivedAt);

/// <summary>
/// The reference client of <c>voicegrains.v1</c>: one connection of one participant. Numbers what is said, keeps it until it is recorded, and sends it
/// again when asked. Sending is thread-safe; events are read by one reader.
/// </summary>
public sealed class CallClient : IAsyncDisposable
{
    static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(2);
    static readonly TimeSpan PongWithin = TimeSpan.FromSeconds(4);

    readonly ClientWebSocket _socket = new();
    readonly TimeProvider _time;
    readonly SemaphoreSlim _sending = new(1, 1);

    // A reader that stops reading holds up the socket, and through it the server, which then drops audio.
    readonly Channel<Received> _events = Channel.CreateBounded<Received>(new BoundedChannelOptions(10_000) { SingleWriter = true });
    readonly CancellationTokenSource _closing = new();
    readonly AudioFormat _format;
    readonly SentFrames _sent;
    Task _receiving = Task.CompletedTask;
    TimeSpan _mediaTime;

    CallClient(AudioFormat format, TimeProvider time)
    {
        _format = format;
        _time = time;
        _sent = new SentFrames(format.BytesPerSecond);
    }

    /// <summary>What the server answered to the hello.</summary>
    public Welcome Welcome { get; private set; } = null!;

    /// <summary>Number of the next frame or text.</summary>
    public long NextNumber { get; private set; }

    /// <summary>Everything up to here is recorded.</summary>
    public long Recorded { get; private set; }

    /// <summary>What comes from the server, until the connection ends.</summary>
    public ChannelReader<Received> Events => _events.Reader;

    /// <summary>Why the server closed; null while it is open or when it broke.</summary>
    public CloseCode? CloseCode => (CloseCode?)(int?)_socket.CloseStatus;

    /// <summary>
    /// Connects with a ticket and waits for the welcome. Throws <see cref="CallRefusedException"/> with the server's reason, and
    /// <see cref="WebSocketException"/> when there is no connection.
    /// </summary>
    public static async Task<CallClient> Connect(Uri socket, string ticket, Hello hello, TimeProvider time, CancellationToken cancellationToken)
    {
        AudioFormat.TryParse(hello.AudioIn ?? AudioFormat.Cluster.Name, out var format);
        var client = new CallClient(format ?? AudioFormat.Cluster, time);
        try
        {
            await client.Open(socket, ticket, hello, cancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a frame of 5 to 200 ms in the format of the hello.</summary>
    public async Task SendFrame(ReadOnlyMemory<byte> audio, CancellationToken cancellationToken = default)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            var message = new FrameHeader(FrameKind.Microphone, 0, (uint)NextNumber, _mediaTime).WithAudio(audio.Span);
            _mediaTime += _format.DurationOf(audio.Length);
            _sent.Add(NextNumber++, message, isText: false);
            await _socket.SendAsync(message, WebSocketMessageType.Binary, true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Says a text by typing; returns its number.</summary>
    public async Task<long> Say(string text, CancellationToken cancellationToken = default)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            var number = NextNumber++;
            var message = ProtocolJson.Write(new Say(number, text));
            _sent.Add(number, message, isText: true);
            await _socket.SendAsync(message, WebSocketMessageType.Text, true, cancellationToken);
            return number;
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Sends any other message.</summary>
    public Task Send(ClientMessage message, CancellationToken cancellationToken = default) =>
        SendAsItIs(ProtocolJson.Write(message), isText: true, cancellationToken);

    /// <summary>Sends what somebody else numbers and keeps.</summary>
    internal async Task SendAsItIs(byte[] message, bool isText, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(message, isText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Cuts the connection without a word, as a lost network would.</summary>
    public void Abort() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_socket.State == WebSocketState.Open)
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), _time);
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
                await _receiving.WaitAsync(limit.Token);
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // The connection is gone already.
        }

        await _closing.CancelAsync();
        await _receiving;
        _socket.Dispose();
    }

    async Task Open(Uri socket, string ticket, Hello hello, CancellationToken cancellationToken)
    {
        // A server that hangs, or a network that is gone, says nothing: the missing answer to a ping does.
        _socket.Options.KeepAliveInterval = PingEvery;
        _socket.Options.KeepAliveTimeout = PongWithin;
        _socket.Options.AddSubProtocol(ProtocolJson.Subprotocol);
        _socket.Options.AddSubProtocol("ticket." + ticket);
        _socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await _socket.ConnectAsync(socket, cancellationToken);
        }
        catch (WebSocketException error) when (_socket.HttpStatusCode != 0)
        {
            throw new CallRefusedException($"http-{(int)_socket.HttpStatusCode}", $"The server refused the socket with {(int)_socket.HttpStatusCode}.", error)
            {
                IsForGood = (int)_socket.HttpStatusCode is >= 400 and < 500 and not 429,
            };
        }

        _receiving = ReceiveAll();
        await Send(hello, cancellationToken);
        Error? refusal = null;
        await foreach (var received in _events.Reader.ReadAllAsync(cancellationToken))
        {
            // The close that follows says whether to come again.
            if (received.Message is Error { Fatal: true } error)
                refusal = error;
            if (received.Message is not Welcome welcome)
                continue;
            (Welcome, NextNumber) = (welcome, welcome.NextNumber);
            return;
        }

        throw new CallRefusedException(refusal?.Code ?? "closed", refusal?.Message ?? $"The server closed the connection ({CloseCode}).")
        {
            IsForGood = CloseCode >= Protocol.CloseCode.Replaced,
        };
    }

    async Task ReceiveAll()
    {
        var buffer = new byte[256 * 1024];
        try
        {
            while (await Receive(buffer) is { } received)
                await Take(received);
            // The server waits for this answer to its close.
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _closing.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is over; the events end.
        }

        _events.Writer.TryComplete();
    }

    async Task<Received?> Receive(byte[] buffer)
    {
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(length), _closing.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
        }
        while (!part.EndOfMessage);

        var now = _time.GetTimestamp();
        if (part.MessageType == WebSocketMessageType.Text)
            return new Received(ProtocolJson.ReadServer(buffer.AsSpan(0, length)), default, [], now);
        FrameHeader.TryRead(buffer.AsSpan(0, length), out var header);
        return new Received(null, header, buffer[FrameHeader.Size..length], now);
    }

    async Task Take(Received received)
    {
        switch (received.Message)
        {
            case Ack ack:
                Recorded = Math.Max(Recorded, ack.Recorded);
                _sent.Forget(ack.Recorded);
                break;
            case Resend resend:
                await SendAgain(resend.From);
                break;
        }

        await _events.Writer.WriteAsync(received, _closing.Token);
    }

    async Task SendAgain(long from)
    {
        await _sending.WaitAsync(_closing.Token);
        try
        {
            foreach (var sent in _sent.From(from))
                await _socket.SendAsync(sent.Message, sent.IsText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, true, _closing.Token);
        }
        finally
        {
            _sending.Release();
        }
    }
}
