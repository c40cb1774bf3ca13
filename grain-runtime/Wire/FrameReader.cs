using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;

namespace Orleans.Wire;

/// <summary>Cuts what a socket receives into frames.</summary>
sealed class FrameReader(Socket socket) : IDisposable
{
    const int Usual = 64 * 1024;
    byte[] _buffer = ArrayPool<byte>.Shared.Rent(Usual);
    int _start;
    int _end;

    /// <summary>Longest frame that is taken. Before the handshake nobody may make this process set memory aside.</summary>
    internal int Longest { get; set; } = 4 * 1024;

    /// <summary>The next frame from its kind on, valid until the next read; null when the other side has closed.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>?> Read(CancellationToken cancellationToken)
    {
        while (true)
        {
            var needed = 4;
            if (_end - _start >= needed)
            {
                var length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start));
                if (length < 1 || length > Longest)
                    throw new MalformedFrameException($"its length is {length}, and {Longest} is the most");
                needed += length;
                if (_end - _start >= needed)
                {
                    var frame = _buffer.AsMemory(_start + 4, length);
                    _start += needed;
                    return frame;
                }
            }

            MakeRoom(needed);
            var received = await socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, cancellationToken);
            if (received == 0)
                return null;
            _end += received;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    void MakeRoom(int needed)
    {
        var waiting = _end - _start;
        var size = Math.Max(needed, Usual);
        if (_buffer.Length < size || (waiting == 0 && _buffer.Length > 4 * size))
        {
            var other = ArrayPool<byte>.Shared.Rent(size);
            _buffer.AsSpan(_start, waiting).CopyTo(other);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = other;
        }
        else if (_start > 0 && (waiting == 0 || _buffer.Length - _start < needed || _end == _buffer.Length))
        {
            _buffer.AsSpan(_start, waiting).CopyTo(_buffer);
        }
        else
        {
            return;
        }

        (_start, _end) = (0, waiting);
    }
}
