using System.Threading.Channels;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>
/// The sound of one clause on its way from the vendor to the listener, in whole samples: pieces may be empty or end inside a sample. Its bytes are the only clock.
/// Bounded by <see cref="MostBytes"/>; who fills it must not wait, so that too much is a fault.
/// </summary>
sealed class ClauseAudio
{
    /// <summary>Four minutes: far more than a segment of 15 s can become.</summary>
    public const int MostBytes = 4 * 60 * BytesOfSecond;
    const int BytesOfSecond = 32_000;

    readonly Channel<byte[]> _pieces = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    byte? _half;
    long _bytes;

    /// <summary>The pieces, to be read once; ends when the clause does, with its fault if it has one.</summary>
    public ChannelReader<byte[]> Pieces => _pieces.Reader;

    /// <summary>How much has come.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Interlocked.Read(ref _bytes) / BytesOfSecond);

    /// <summary>Whether anything has come, were it half a sample: then it can't be begun again.</summary>
    public bool HasAny { get; private set; }

    /// <summary>Takes a piece. Called by one at a time. Throws <see cref="EngineFaultException"/> when it is too much.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        HasAny |= piece.Length > 0;
        byte[] all = _half is { } half ? [half, .. piece] : piece.ToArray();
        _half = all.Length % 2 == 1 ? all[^1] : null;
        if (all.Length < 2)
            return;
        if (Interlocked.Add(ref _bytes, all.Length & ~1) > MostBytes)
            throw new EngineFaultException(ElevenLabsFault.Engine, FaultKind.BadRequest, "A clause became longer than four minutes.");
        _pieces.Writer.TryWrite(all.Length % 2 == 0 ? all : all[..^1]);
    }

    /// <summary>Nothing more comes. Only the first call counts. Half a sample at the end is dropped.</summary>
    public void End(Exception? fault) => _pieces.Writer.TryComplete(fault);
}
