using System.Net.Sockets;

namespace Orleans.Wire;

/// <summary>Why two processes don't talk to each other.</summary>
enum Refusal : byte
{
    OtherProtocolVersion = 1,
    OtherCluster,

    /// <summary>The port belongs to another silo now, so the one that was meant has ended.</summary>
    OtherSilo,

    /// <summary>The one that connects was declared dead.</summary>
    DeclaredDead,
    NotAProcessOfACluster,
}

/// <summary>The other side does not talk to this process.</summary>
sealed class HandshakeRefusedException(Refusal refusal, string message) : Exception(message)
{
    internal Refusal Refusal { get; } = refusal;
}

/// <summary>Who is at the other end. Generation 0: no silo.</summary>
sealed record PeerIdentity(string Name, string Process, int Generation);

/// <summary>The first frame each way: protocol version, cluster, who is who. A mismatch is named to both.</summary>
sealed class Handshake(string cluster, int version = Handshake.ProtocolVersion)
{
    internal const int ProtocolVersion = 1;
    internal static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);
    const int Magic = 0x57524756; // "VGRW"

    /// <summary>Introduces this process to a silo. Throws <see cref="HandshakeRefusedException"/>, or what a broken connection throws.</summary>
    internal async Task<PeerIdentity> Offer(Socket socket, FrameReader reader, PeerIdentity self, int expected, CancellationToken cancellationToken)
    {
        var hello = Opening(FrameKind.Hello, self);
        hello.Write(expected);
        await Send(socket, hello, cancellationToken);
        var answer = await reader.Read(cancellationToken) ?? throw new IOException("The connection was closed before it began.");
        return Answer(answer.Span);
    }

    /// <summary>Learns who connects, and lets in who belongs here. <paramref name="isDead"/> says whether a silo of this generation was declared dead.</summary>
    internal async Task<PeerIdentity> Accept(Socket socket, FrameReader reader, PeerIdentity self, Func<int, bool> isDead, CancellationToken cancellationToken)
    {
        try
        {
            var hello = await reader.Read(cancellationToken) ?? throw new IOException("The connection was closed before it began.");
            var peer = Hello(hello.Span, self.Generation, isDead);
            await Send(socket, Opening(FrameKind.Welcome, self), cancellationToken);
            return peer;
        }
        catch (HandshakeRefusedException refused)
        {
            var frame = new OutgoingFrame(FrameKind.Refused);
            frame.Write((byte)refused.Refusal);
            frame.Write(refused.Message);
            await Send(socket, frame, cancellationToken);
            throw;
        }
    }

    OutgoingFrame Opening(FrameKind kind, PeerIdentity self)
    {
        var frame = new OutgoingFrame(kind);
        frame.Write(Magic);
        frame.Write(version);
        frame.Write(cluster);
        frame.Write(self.Name);
        frame.Write(self.Process);
        frame.Write(self.Generation);
        return frame;
    }

    PeerIdentity Hello(ReadOnlySpan<byte> bytes, int generation, Func<int, bool> isDead)
    {
        var frame = new IncomingFrame(bytes);
        if (frame.Kind() != FrameKind.Hello || frame.Int() != Magic)
            throw new HandshakeRefusedException(Refusal.NotAProcessOfACluster, "Whoever connected is no process of a VoiceGrains cluster.");
        var peer = ReadPeer(ref frame);
        if (frame.Int() != generation)
            throw new HandshakeRefusedException(Refusal.OtherSilo, $"This port belongs to silo generation {generation} now.");
        if (peer.Generation != 0 && isDead(peer.Generation))
            throw new HandshakeRefusedException(Refusal.DeclaredDead, $"{peer.Name} was declared dead.");
        return peer;
    }

    PeerIdentity Answer(ReadOnlySpan<byte> bytes)
    {
        var frame = new IncomingFrame(bytes);
        var kind = frame.Kind();
        if (kind == FrameKind.Refused)
            throw new HandshakeRefusedException((Refusal)frame.Byte(), frame.Text());
        if (kind != FrameKind.Welcome || frame.Int() != Magic)
            throw new HandshakeRefusedException(Refusal.NotAProcessOfACluster, "Whoever listens there is no silo of a VoiceGrains cluster.");
        return ReadPeer(ref frame);
    }

    PeerIdentity ReadPeer(ref IncomingFrame frame)
    {
        var theirs = frame.Int();
        if (theirs != version)
            throw new HandshakeRefusedException(Refusal.OtherProtocolVersion, $"The other process speaks protocol version {theirs}, this one {version}.");
        var theirCluster = frame.Text();
        if (theirCluster != cluster)
            throw new HandshakeRefusedException(Refusal.OtherCluster, $"The other process belongs to the cluster '{theirCluster}', this one to '{cluster}'.");
        return new PeerIdentity(frame.Text(), frame.Text(), frame.Int());
    }

    static async Task Send(Socket socket, OutgoingFrame frame, CancellationToken cancellationToken)
    {
        using (frame)
            await socket.SendAsync(frame.Finished("handshake").Bytes, SocketFlags.None, cancellationToken);
    }
}
