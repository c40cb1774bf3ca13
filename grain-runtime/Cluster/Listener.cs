using System.Net;
using System.Net.Sockets;
using Orleans.Wire;

namespace Orleans.Cluster;

/// <summary>The port of a silo: lets in the processes of its cluster, and names the reason to whoever does not belong.</summary>
sealed class Listener(IPEndPoint endpoint, ClusterNode node)
{
    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly CancellationTokenSource _ending = new();
    Task? _accepting;

    internal IPEndPoint Endpoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Opens the port. Nobody is let in before <see cref="Start"/>: the silo has no identity yet.</summary>
    internal void Open()
    {
        _socket.Bind(endpoint);
        _socket.Listen(512);
    }

    internal void Start() => _accepting = Accept();

    internal async Task Close()
    {
        await _ending.CancelAsync();
        _socket.Dispose();
        if (_accepting is { } accepting)
            await accepting;
    }

    async Task Accept()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                _ = Serve(await _socket.AcceptAsync(_ending.Token));
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Either this silo closes, or whoever connected has gone before it was let in.
            }
        }
    }

    async Task Serve(Socket socket)
    {
        socket.NoDelay = true;
        var reader = new FrameReader(socket);
        try
        {
            if (node.Lease.IsMissed)
                await node.Lease.Confirmed(_ending.Token);
            using var limit = new CancellationTokenSource(Handshake.Limit, node.Time);
            var peer = await node.Handshake.Accept(socket, reader, node.Self, node.Membership.View.IsDead, limit.Token);
            var connection = new Connection(socket, reader, peer, node);
            node.Peers.Opened(connection);
            await connection.Run();
            node.Peers.Closed(connection);
        }
        catch (HandshakeRefusedException refused)
        {
            node.Log.HandshakeRefused("a process", refused);
            socket.Dispose();
            reader.Dispose();
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException or ObjectDisposedException or MalformedFrameException)
        {
            if (error is MalformedFrameException)
                node.Log.MalformedFrame("a process that connects", error.Message);
            socket.Dispose();
            reader.Dispose();
        }
    }
}
