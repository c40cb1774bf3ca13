using System.Net.WebSockets;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>Opens sockets at Deepgram, all through one handler.</summary>
sealed class DeepgramConnections(DeepgramOptions options, VendorKey key, IAccountSlots slots, TimeProvider time) : IDisposable
{
    readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler { UseCookies = false });

    public DeepgramOptions Options => options;

    /// <summary>Host and port: of a region, if one was chosen.</summary>
    public string Authority { get; } = new Uri(options.Url).Authority;

    public TimeProvider Time => time;

    /// <summary>A stream of the account: it counts until its socket is closed.</summary>
    public IAccountSlots Slots => slots;

    /// <summary>Throws <see cref="EngineFaultException"/> when the vendor refuses or does not answer in time.</summary>
    public async Task<ListenSocket> Connect(string engine, Uri address, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Token " + key.Reveal());
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = options.Ping;
        socket.Options.KeepAliveTimeout = options.Ping;
        using var deadline = new CancellationTokenSource(options.ConnectDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await socket.ConnectAsync(address, _invoker, either.Token);
            var requestId = DeepgramFaults.Header(socket.HttpResponseHeaders, DeepgramFaults.RequestIdHeader);
            // Only the headers are wanted of it.
            socket.HttpResponseHeaders = null;
            return new ListenSocket(socket, options, time) { RequestId = requestId };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new EngineFaultException(engine, FaultKind.Stalled, $"No socket within {options.ConnectDeadline}.");
        }
        catch (WebSocketException error)
        {
            var fault = DeepgramFaults.OfHandshake(engine, socket, error, time);
            socket.Dispose();
            throw fault;
        }
    }

    public void Dispose() => _invoker.Dispose();
}
