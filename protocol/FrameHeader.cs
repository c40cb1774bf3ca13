using System.Buffers.Binary;

namespace VoiceGrains.Protocol;

/// <summary>What a binary message holds.</summary>
public enum FrameKind : byte
{
    /// <summary>Client to server: the participant's own voice.</summary>
    Microphone = 1,

    /// <summary>Server to client: the voice of another participant.</summary>
    Original = 2,

    /// <summary>Server to client: a piece of a spoken clause.</summary>
    Speech = 3,
}

/// <summary>
/// The 16 bytes before the audio of each binary message, little endian: kind (1 byte), version (1 byte, 1), stream (2 bytes), sequence (4 bytes), media
/// time in microseconds (8 bytes).
/// </summary>
/// <param name="Stream">Server to client: which speaker, as told by a <c>stream</c> message. Client to server: 0.</param>
/// <param name="Sequence">Microphone and original: the speaker's frame number. Speech: the chunk of the clause, from 1.</param>
/// <param name="MediaTime">Microphone and original: on the speaker's clock. Speech: from the beginning of the clause.</param>
public readonly record struct FrameHeader(FrameKind Kind, ushort Stream, uint Sequence, TimeSpan MediaTime)
{
    public const int Size = 16;
    public const byte Version = 1;

    /// <summary>Longest media time that is taken: a week.</summary>
    public static readonly TimeSpan LatestMediaTime = TimeSpan.FromDays(7);

    /// <summary>Writes into at least <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> target)
    {
        target[0] = (byte)Kind;
        target[1] = Version;
        BinaryPrimitives.WriteUInt16LittleEndian(target[2..], Stream);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], MediaTime.Ticks / TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>Header and audio in one message.</summary>
    public byte[] WithAudio(ReadOnlySpan<byte> audio)
    {
        var message = new byte[Size + audio.Length];
        Write(message);
        audio.CopyTo(message.AsSpan(Size));
        return message;
    }

    /// <summary>Reads a header. False: too short, another version, an unknown kind or an impossible time.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out FrameHeader header)
    {
        header = default;
        if (source.Length < Size || source[1] != Version || source[0] is < 1 or > 3)
            return false;
        var time = BinaryPrimitives.ReadInt64LittleEndian(source[8..]);
        if (time < 0 || time > LatestMediaTime.Ticks / TimeSpan.TicksPerMicrosecond)
            return false;
        header = new FrameHeader(
            (FrameKind)source[0],
            BinaryPrimitives.ReadUInt16LittleEndian(source[2..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[4..]),
            TimeSpan.FromMicroseconds(time));
        return true;
    }
}
