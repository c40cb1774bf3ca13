using System.Net.Sockets;
using Orleans.Runtime;
using Orleans.Wire;

namespace Orleans.Cluster;

/// <summary>Another silo: keeps one connection to it open for as long as it is alive, and finds out at once when it has gone.</summary>
sealed class Peer(Member member, ClusterNode node)
{
    static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan RefusedPause = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(1);

    readonly CancellationTokenSource _ending = new();
    readonly Lock _gate = new();
    TaskCompletionSource<Connection?> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task? _running;

    /// <summary>The open connection, if there is one now.</summary>
    internal Connection? Current
    {
        get
        {
            lock (_gate)
                return _opened.Task is { IsCompletedSuccessfully: true, Result: { IsOpen: true } connection } ? connection : null;
        }
    }

    internal void Start() => _running ??= Run();

    /// <summary>Waits for the connection. Null: the silo has gone. Throws <see cref="SiloUnavailableException"/> when it can't be reached for now.</summary>
    internal async ValueTask<Connection?> Open(TimeSpan? limit = null)
    {
        if (Current is { } open)
            return open;
        Task<Connection?> opened;
        lock (_gate)
            opened = _opened.Task;
        try
        {
            return await opened.WaitAsync(limit ?? OpenLimit, node.Time);
        }
        catch (TimeoutException)
        {
            throw new SiloUnavailableException($"{member.Name} can't be reached.");
        }
    }

    /// <summary>The silo leaves: what is under way goes on, and nobody connects again.</summary>
    internal void EndWithConnection()
    {
        _ending.Cancel();
        lock (_gate)
            _opened.TrySetResult(null);
    }

    /// <summary>The silo has gone: calls that wait for it fail at once.</summary>
    internal void End()
    {
        _ending.Cancel();
        TaskCompletionSource<Connection?> opened;
        lock (_gate)
            opened = _opened;
        if (!opened.TrySetResult(null) && opened.Task.Result is { } connection)
            connection.Close();
    }

    async Task Run()
    {
        // Whoever publishes a view must not wait for connections.
        await Task.Yield();
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                if (await ConnectOnce() is { } connection)
                    await RunOnce(connection);
                else
                    await Task.Delay(RefusedPause, node.Time, _ending.Token);
            }
            catch (Exception error) when (error is SocketException or IOException or OperationCanceledException or ObjectDisposedException or MalformedFrameException)
            {
                // It may be starting, ending or hanging: the lease tells in the end.
                if (!_ending.IsCancellationRequested)
                    await Task.Delay(RetryPause, node.Time, CancellationToken.None);
            }
            catch (Exception error)
            {
                // Whatever it was, without this loop the silo would never be reached again.
                node.Log.ConnectionBroke(member.Name, error);
                await Task.Delay(RefusedPause, node.Time, CancellationToken.None);
            }
        }
    }

    async Task RunOnce(Connection connection)
    {
        bool isWanted;
        lock (_gate)
            isWanted = _opened.TrySetResult(connection);
        if (!isWanted)
        {
            connection.Close();
            return;
        }

        node.Peers.Opened(connection);
        await connection.Run();
        node.Peers.Closed(connection);
        lock (_gate)
        {
            if (!_ending.IsCancellationRequested)
                _opened = new TaskCompletionSource<Connection?>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Connects. Null: the other side refuses; when its port does, the silo has ended and is declared dead.</summary>
    async Task<Connection?> ConnectOnce()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var reader = new FrameReader(socket);
        using var limit = new CancellationTokenSource(OpenLimit, node.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _ending.Token);
        try
        {
            await socket.ConnectAsync(member.Endpoint, either.Token);
            var peer = await node.Handshake.Offer(socket, reader, node.Self, member.Generation, either.Token);
            return new Connection(socket, reader, peer, node);
        }
        catch (Exception error)
        {
            socket.Dispose();
            reader.Dispose();
            switch (error)
            {
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                case HandshakeRefusedException { Refusal: Refusal.OtherSilo }:
                    await node.Membership.DeclareDead(member, isRefused: true);
                    return null;
                case HandshakeRefusedException refused:
                    node.Log.HandshakeRefused(member.Name, refused);
                    return null;
                default:
                    throw;
            }
        }
    }
}
