using System.Buffers.Binary;
using System.Text;

namespace Orleans.Wire;

/// <summary>The other side sent what no frame can be. Says which rule it broke, never what it sent.</summary>
sealed class MalformedFrameException(string flaw) : Exception(flaw);

/// <summary>Reads a frame from its kind on. Each read throws <see cref="MalformedFrameException"/> when the frame is too short for it.</summary>
ref struct IncomingFrame(ReadOnlySpan<byte> bytes)
{
    ReadOnlySpan<byte> _rest = bytes;

    internal FrameKind Kind() => (FrameKind)Byte();

    internal byte Byte() => Take(1)[0];

    internal int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    internal long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    internal string Text() => Encoding.UTF8.GetString(Block());

    internal ReadOnlySpan<byte> Block() => Take(Int());

    internal readonly void End()
    {
        if (_rest.Length > 0)
            throw new MalformedFrameException("bytes follow its end");
    }

    ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
            throw new MalformedFrameException("it ends too early");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
