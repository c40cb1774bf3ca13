using System.Net.Sockets;
using System.Threading.Channels;
using Orleans.Cluster;

namespace Orleans.Wire;

/// <summary>
/// Frames that wait for one connection, with the loop that sends them. Bounded in number and bytes: what does not fit is refused at once, so a peer that
/// reads slowly costs its callers, and never memory.
/// </summary>
sealed class OutgoingFrames(Socket socket, Lease lease)
{
    internal const int MostFrames = 20_000;
    internal const int MostBytes = 2 * OutgoingFrame.Longest;
    const int Batch = 64 * 1024;

    readonly Channel<OutgoingFrame> _frames = Channel.CreateUnbounded<OutgoingFrame>(new UnboundedChannelOptions { SingleReader = true });
    readonly byte[] _batch = new byte[Batch];
    int _count;
    long _bytes;

    /// <summary>Whether everything was handed to the system.</summary>
    internal bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>Takes a frame. False: the queue is full or closed, and the frame is disposed.</summary>
    internal bool TryAdd(OutgoingFrame frame, out bool isFull)
    {
        var bytes = Interlocked.Add(ref _bytes, frame.Length);
        isFull = Interlocked.Increment(ref _count) > MostFrames || bytes > MostBytes;
        if (!isFull && _frames.Writer.TryWrite(frame))
            return true;
        Sent(frame);
        return false;
    }

    internal void Close() => _frames.Writer.TryComplete();

    /// <summary>Sends until closed. A process that missed its lease sends nothing before it knows that it still belongs to the cluster.</summary>
    internal async Task Run(CancellationToken cancellationToken)
    {
        try
        {
            while (await _frames.Reader.WaitToReadAsync(cancellationToken))
            {
                if (lease.IsMissed)
                    await lease.Confirmed(cancellationToken);
                await SendOnce(cancellationToken);
            }
        }
        finally
        {
            Close();
            while (_frames.Reader.TryRead(out var frame))
                Sent(frame);
        }
    }

    async ValueTask SendOnce(CancellationToken cancellationToken)
    {
        var filled = 0;
        var frames = 0;
        while (_frames.Reader.TryPeek(out var next) && filled + next.Length <= Batch && _frames.Reader.TryRead(out next))
        {
            next.Bytes.CopyTo(_batch.AsMemory(filled));
            filled += next.Length;
            frames++;
            next.Dispose();
        }

        if (filled > 0)
        {
            await Send(_batch.AsMemory(0, filled), cancellationToken);
            Sent(frames, filled);
        }
        else if (_frames.Reader.TryRead(out var large))
        {
            await Send(large.Bytes, cancellationToken);
            Sent(large);
        }
    }

    async ValueTask Send(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancellationToken)..];
    }

    void Sent(OutgoingFrame frame)
    {
        Sent(1, frame.Length);
        frame.Dispose();
    }

    void Sent(int frames, int bytes)
    {
        Interlocked.Add(ref _bytes, -bytes);
        Interlocked.Add(ref _count, -frames);
    }
}
