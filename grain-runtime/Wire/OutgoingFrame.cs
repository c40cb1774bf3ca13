using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Orleans.Runtime;

namespace Orleans.Wire;

/// <summary>What a frame is for. The first byte after its length.</summary>
enum FrameKind : byte
{
    Hello = 1,
    Welcome,
    Refused,
    Request,
    Answer,
    Fault,
    Ping,
    Pong,

    /// <summary>The sender takes no further requests: whatever it held has moved.</summary>
    Leaving,

    /// <summary>Nothing comes after this that needs an answer of the one that leaves.</summary>
    LeavingSeen,
}

/// <summary>A frame on its way out, in a pooled buffer: length (4 bytes, little endian), kind, content.</summary>
sealed class OutgoingFrame : IBufferWriter<byte>, IDisposable
{
    /// <summary>Longest frame. Whatever is longer is refused by sender and receiver.</summary>
    internal const int Longest = 16 * 1024 * 1024;

    const int HeaderSize = 5;
    byte[] _bytes = ArrayPool<byte>.Shared.Rent(4096);
    int _length = HeaderSize;

    internal OutgoingFrame(FrameKind kind) => _bytes[4] = (byte)kind;

    internal int Length => _length;

    /// <summary>The whole frame. Throws <see cref="OrleansMessageRejectionException"/> when it is too long.</summary>
    internal ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 256));
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Writes the length; nothing may be written after.</summary>
    internal OutgoingFrame Finished(string what)
    {
        if (_length - 4 > Longest)
        {
            var size = _length;
            Dispose();
            throw new OrleansMessageRejectionException($"{what}: the message has {size} bytes, and {Longest} are the most.");
        }

        BinaryPrimitives.WriteInt32LittleEndian(_bytes, _length - 4);
        return this;
    }

    internal void Write(byte value)
    {
        Ensure(1);
        _bytes[_length++] = value;
    }

    internal void Write(int value)
    {
        Ensure(4);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_length), value);
        _length += 4;
    }

    internal void Write(long value)
    {
        Ensure(8);
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(_length), value);
        _length += 8;
    }

    internal void Write(string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Ensure(4 + most);
        var written = Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_length + 4));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_length), written);
        _length += 4 + written;
    }

    internal void Write(ReadOnlySpan<byte> value)
    {
        Ensure(4 + value.Length);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_length), value.Length);
        value.CopyTo(_bytes.AsSpan(_length + 4));
        _length += 4 + value.Length;
    }

    /// <summary>Leaves room for a length that is known later.</summary>
    internal int Reserve()
    {
        Write(0);
        return _length;
    }

    /// <summary>Writes the number of bytes since <see cref="Reserve"/> into the room it left.</summary>
    internal void Fill(int start) => BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(start - 4), _length - start);

    void Ensure(int more)
    {
        if (_bytes.Length - _length >= more)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + more));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
