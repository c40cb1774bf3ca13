using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>
/// One multi-context connection. It takes <see cref="MostContexts"/> contexts at a time, one fewer than the vendor ends it for, and counts each until the vendor's final
/// message for it: closing one takes its time, and one too many kills all others. Its reader is never cancelled, because that would end the connection.
/// </summary>
sealed class VoiceSocket(ClientWebSocket socket, string? request, ElevenLabsOptions options, TimeProvider time) : IDisposable
{
    public const int MostContexts = 4;

    /// <summary>How often open contexts are kept alive: the vendor advises 10 to 15 s.</summary>
    public static readonly TimeSpan KeepAlivePeriod = TimeSpan.FromSeconds(12);

    const int LargestMessage = 8 * 1024 * 1024;

    readonly Lock _gate = new();
    readonly Dictionary<string, SpeechContext> _contexts = [];
    // Holds a few short messages for each context; if it fills up, nobody takes them and the socket is broken.
    readonly Channel<string> _outgoing = Channel.CreateBounded<string>(256);
    EngineFaultException? _fault;
    ITimer? _closing;
    long _usedAt = time.GetTimestamp();
    int _begun;
    bool _isRetired;

    /// <summary>The vendor's name for the connection.</summary>
    public string? Request => request;

    /// <summary>Why it ended. Null: it has not.</summary>
    public EngineFaultException? Fault
    {
        get
        {
            lock (_gate)
                return _fault;
        }
    }

    /// <summary>How many contexts the vendor counts.</summary>
    public int Live
    {
        get
        {
            lock (_gate)
                return _contexts.Count;
        }
    }

    /// <summary>How many more contexts it takes now.</summary>
    public int Room
    {
        get
        {
            lock (_gate)
                return _isRetired ? 0 : MostContexts - _contexts.Count;
        }
    }

    /// <summary>Whether it takes no more contexts for ever.</summary>
    public bool IsRetired
    {
        get
        {
            lock (_gate)
                return _isRetired;
        }
    }

    /// <summary>Begins a context. Null: this socket takes no more.</summary>
    public SpeechContext? TryBegin()
    {
        lock (_gate)
        {
            if (_isRetired || _contexts.Count >= MostContexts)
                return null;
            var context = new SpeechContext($"c{++_begun}", this, options, time);
            _contexts[context.Id] = context;
            _usedAt = time.GetTimestamp();
            Send_NeedsLock(SocketMessages.Begin(context.Id, options));
            return context;
        }
    }

    /// <summary>Sends a message, in order with all others.</summary>
    public void Send(string message)
    {
        lock (_gate)
            Send_NeedsLock(message);
    }

    /// <summary>Takes no more contexts, and ends once those it has are gone.</summary>
    public void Retire()
    {
        lock (_gate)
        {
            _isRetired = true;
            CloseIfDrained_NeedsLock();
        }
    }

    /// <summary>Ends now, whatever it still has.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isRetired = true;
            Close_NeedsLock();
        }
    }

    /// <summary>The life of the socket, to be called once. Never throws.</summary>
    public async Task Run()
    {
        using var ended = new CancellationTokenSource();
        var sending = SendAll(ended.Token);
        var keeping = KeepAlive(ended.Token);
        var fault = await ReadAll();
        lock (_gate)
        {
            (_isRetired, _fault) = (true, fault);
            foreach (var context in _contexts.Values)
                context.Fail(fault);
            _contexts.Clear();
            Close_NeedsLock();
        }

        await ended.CancelAsync();
        await Task.WhenAll(sending, keeping);
        await Answer();
    }

    public void Dispose()
    {
        _closing?.Dispose();
        socket.Dispose();
    }

    void Send_NeedsLock(string message)
    {
        if (_fault is null && !_outgoing.Writer.TryWrite(message))
            socket.Abort();
    }

    void CloseIfDrained_NeedsLock()
    {
        if (_isRetired && _contexts.Count == 0)
            Close_NeedsLock();
    }

    void Close_NeedsLock()
    {
        if (_closing is not null)
            return;
        Send_NeedsLock(SocketMessages.CloseSocket);
        _closing = time.CreateTimer(_ => socket.Abort(), null, options.CloseLimit, Timeout.InfiniteTimeSpan);
    }

    async Task SendAll(CancellationToken ended)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(ended))
                await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, ended);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The reader sees the end of the socket too, and knows more of it.
        }
    }

    async Task KeepAlive(CancellationToken ended)
    {
        using var period = new PeriodicTimer(KeepAlivePeriod, time);
        try
        {
            while (await period.WaitForNextTickAsync(ended))
                KeepAliveOnce();
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The socket ended.
        }
    }

    void KeepAliveOnce()
    {
        lock (_gate)
        {
            var isWanted = false;
            foreach (var context in _contexts.Values.Where(static context => !context.IsClosing))
            {
                isWanted = true;
                Send_NeedsLock(SocketMessages.KeepAlive(context.Id));
            }

            // Contexts that only wait for their final message are no reason to keep it; when it is retired, they had time enough.
            if (!isWanted && time.GetElapsedTime(_usedAt) >= (_isRetired ? options.CloseLimit : options.IdleLimit))
            {
                _isRetired = true;
                Close_NeedsLock();
            }
        }
    }

    // Until the socket ends: why it did.
    async Task<EngineFaultException> ReadAll()
    {
        var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (read.MessageType == WebSocketMessageType.Close)
                    return ElevenLabsFault.OfClose(socket.CloseStatus, socket.CloseStatusDescription, request);
                message.Write(buffer, 0, read.Count);
                if (message.Length > LargestMessage)
                    return new EngineFaultException(ElevenLabsFault.Engine, FaultKind.Transport, "A message is too large.") { RequestId = request };
                if (!read.EndOfMessage)
                    continue;
                if (Take(message.GetBuffer().AsMemory(0, (int)message.Length)) is { } fault)
                    return fault;
                message.SetLength(0);
            }
        }
        catch (Exception error) when (error is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // A keep-alive ping that nobody answers comes as a cancellation that nobody asked for.
            return ElevenLabsFault.OfTransport(error, hasBegun: false, request);
        }
    }

    // The fault that ends the socket, if it is one.
    EngineFaultException? Take(ReadOnlyMemory<byte> message)
    {
        if (SocketAnswer.Read(message) is not { } answer)
            return new EngineFaultException(ElevenLabsFault.Engine, FaultKind.Transport, "A message is not JSON of the documented shape.") { RequestId = request };
        if (answer.Error is { } error)
            return ElevenLabsFault.OfMessage(error, request);
        lock (_gate)
        {
            if (answer.Context is null || !_contexts.TryGetValue(answer.Context, out var context))
                return null;
            _usedAt = time.GetTimestamp();
            context.Take(answer);
            if (answer.IsFinal && _contexts.Remove(answer.Context))
                CloseIfDrained_NeedsLock();
            return null;
        }
    }

    // The other half of the closing handshake, so that the vendor need not wait for it.
    async Task Answer()
    {
        using var limit = new CancellationTokenSource(options.CloseLimit, time);
        try
        {
            if (socket.State is WebSocketState.CloseReceived or WebSocketState.Open)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It was gone already.
        }
    }
}
