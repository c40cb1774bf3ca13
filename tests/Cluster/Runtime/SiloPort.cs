using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Orleans.Wire;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Cluster.Runtime;

/// <summary>A stranger at the port that a silo opens for its cluster.</summary>
sealed class SiloPort : IDisposable
{
    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly FrameReader _reader;

    SiloPort() => _reader = new FrameReader(_socket);

    internal static async Task<SiloPort> Connect(IPEndPoint endpoint)
    {
        var port = new SiloPort();
        await port._socket.ConnectAsync(endpoint);
        return port;
    }

    /// <summary>Introduces itself as a client of a cluster. Throws what the silo answers when it refuses.</summary>
    internal async Task Introduce(int generation, string cluster = "voicegrains", int version = Handshake.ProtocolVersion)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await new Handshake(cluster, version).Offer(_socket, _reader, new PeerIdentity("stranger", Guid.NewGuid().ToString("N"), 0), generation, limit.Token);
        _reader.Longest = OutgoingFrame.Longest;
    }

    internal async Task Send(byte[] bytes) => await _socket.SendAsync(bytes);

    /// <summary>Sends a frame of any length, kind and content.</summary>
    internal Task Send(int length, params byte[] content)
    {
        var bytes = new byte[4 + content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        content.CopyTo(bytes, 4);
        return Send(bytes);
    }

    internal async Task<FrameKind> NextKind()
    {
        var frame = await _reader.Read(CancellationToken.None) ?? throw new IOException("closed");
        return new IncomingFrame(frame.Span).Kind();
    }

    /// <summary>Waits until the silo has closed the connection.</summary>
    internal Task Closed() => Until.Done("the silo closes the connection", WaitForEnd());

    public void Dispose()
    {
        _socket.Dispose();
        _reader.Dispose();
    }

    async Task<bool> WaitForEnd()
    {
        try
        {
            while (await _reader.Read(CancellationToken.None) is not null)
            {
                // Whatever still comes before the end.
            }
        }
        catch (SocketException)
        {
            // Closed with data that nobody read.
        }

        return true;
    }
}
