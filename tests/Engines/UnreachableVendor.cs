using System.Net;
using System.Net.Sockets;

namespace VoiceGrains.Tests.Engines;

/// <summary>An address at which a connection is neither made nor refused, as behind a firewall that says nothing: its queue is full, and nobody takes from it.</summary>
sealed class UnreachableVendor : IDisposable
{
    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly Socket _first = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public UnreachableVendor()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(backlog: 0);
        _first.Connect(_listener.LocalEndPoint!);
    }

    public Uri Address => new($"http://{_listener.LocalEndPoint}");

    public void Dispose()
    {
        _first.Dispose();
        _listener.Dispose();
    }
}
