using System.Net.WebSockets;
using System.Text;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Harness;

/// <summary>A socket that sends whatever a broken or hostile client would.</summary>
sealed class RawSocket : IAsyncDisposable
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    readonly ClientWebSocket _socket = new();

    public static async Task<RawSocket> Open(Uri socket, params string[] subprotocols)
    {
        var raw = new RawSocket();
        foreach (var subprotocol in subprotocols)
            raw._socket.Options.AddSubProtocol(subprotocol);
        await raw._socket.ConnectAsync(socket, CancellationToken.None);
        return raw;
    }

    /// <summary>A connection of its own participant that was welcomed.</summary>
    public static async Task<RawSocket> Welcomed(TestCall call, string participant, string hello = """{"type":"hello"}""")
    {
        var raw = await Open(call, participant);
        await raw.Send(hello);
        await raw.Until<Welcome>("the welcome");
        return raw;
    }

    public static async Task<RawSocket> Open(TestCall call, string participant)
    {
        var (socket, ticket) = await call.Ticket(participant, "en");
        return await Open(socket, ProtocolJson.Subprotocol, "ticket." + ticket);
    }

    public Task Send(string text) => Send(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task Send(byte[] binary) => Send(binary, WebSocketMessageType.Binary);

    public async Task Send(byte[] message, WebSocketMessageType type) => await _socket.SendAsync(message, type, true, CancellationToken.None);

    /// <summary>Reads until a message of a type comes.</summary>
    public async Task<T> Until<T>(string what)
        where T : ServerMessage
    {
        while (await Next(what) is { } message)
        {
            if (message is T found)
                return found;
            if (message is Error { Fatal: true } error)
                throw new RefusedException(error.Code);
        }

        throw new InvalidOperationException($"The connection ended with {_socket.CloseStatus} before {what}.");
    }

    /// <summary>Reads to the end, and returns the errors on the way and the reason of the close.</summary>
    public async Task<(IReadOnlyList<Error> Errors, CloseCode? Code)> UntilClosed()
    {
        var errors = new List<Error>();
        while (await Next("the close") is { } message)
        {
            if (message is Error error)
                errors.Add(error);
        }

        return (errors, (CloseCode?)(int?)_socket.CloseStatus);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task<ServerMessage?> Next(string what)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await Tests.Support.Until.Done(what, _socket.ReceiveAsync(buffer, CancellationToken.None), Limit);
            if (received.MessageType == WebSocketMessageType.Close)
                return null;
            if (received.MessageType == WebSocketMessageType.Text && ProtocolJson.ReadServer(buffer.AsSpan(0, received.Count)) is { } message)
                return message;
        }
    }
}

/// <summary>The server refused, and closes.</summary>
sealed class RefusedException(string code) : Exception(code)
{
    public string Code { get; } = code;
}
