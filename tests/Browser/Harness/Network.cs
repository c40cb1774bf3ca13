using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace VoiceGrains.Tests.Browser.Harness;

/// <summary>What lies between a browser and a gateway: a cable that can be cut, and be long.</summary>
sealed class Network : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly ConcurrentDictionary<Socket, bool> _open = [];
    readonly ConcurrentBag<Task> _carrying = [];
    readonly CancellationTokenSource _over = new();
    readonly Task _accepting;
    volatile bool _isCut;

    public Network()
    {
        _listener.Start();
        _accepting = AcceptAll();
    }

    /// <summary>Where a browser finds the gateway.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Where it leads.</summary>
    public Uri? Gateway { get; set; }

    /// <summary>What each piece takes in each direction. Default: none.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Breaks all connections, and lets none be made.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var socket in _open.Keys)
            socket.Close(0);
    }

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        await Task.WhenAll(_carrying);
        _over.Dispose();
    }

    async Task AcceptAll()
    {
        try
        {
            while (true)
                _carrying.Add(Carry(await _listener.AcceptSocketAsync(_over.Token)));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    async Task Carry(Socket here)
    {
        using var there = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        here.NoDelay = true;
        (_open[here], _open[there]) = (true, true);
        try
        {
            if (_isCut || Gateway is not { } gateway)
                return;
            await there.ConnectAsync(gateway.Host, gateway.Port, _over.Token);
            await Task.WhenAny(Copy(here, there), Copy(there, here));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Cut.
        }
        finally
        {
            here.Close(0);
            there.Close(0);
            _open.TryRemove(here, out _);
            _open.TryRemove(there, out _);
        }
    }

    async Task Copy(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _over.Token) is var count and > 0)
            {
                if (Delay > TimeSpan.Zero)
                    await Task.Delay(Delay, TimeProvider.System, _over.Token);
                await to.SendAsync(buffer.AsMemory(0, count), _over.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
