using VoiceGrains.Voices;

namespace VoiceGrains.Engines;

/// <summary>Turns text into speech.</summary>
public interface ISynthesizer : IEngine
{
    bool Speaks(Language language);

    /// <summary>Opens a stream for one segment. Returns at once or throws <see cref="EngineFaultException"/>.</summary>
    ISpeechStream Open(Voice voice);
}

/// <summary>Text going in clause by clause, audio coming out in the same order. Disposing cancels.</summary>
public interface ISpeechStream : IAsyncDisposable
{
    /// <summary>Gives the text of the next clause. Returns at once and does not throw; a stream that failed says so in <see cref="Chunks"/>.</summary>
    void Write(string clause);

    /// <summary>No more text comes. <see cref="Chunks"/> ends after the last clause.</summary>
    void Complete();

    /// <summary>Stops speaking: what has not come out yet is dropped.</summary>
    void Cancel();

    /// <summary>The audio, to be read once. A failure of the engine throws <see cref="EngineFaultException"/> here.</summary>
    IAsyncEnumerable<SpeechChunk> Chunks(CancellationToken cancellationToken);
}

/// <summary>A piece of speech.</summary>
/// <param name="Clause">Counts the clauses of the stream from 1.</param>
/// <param name="Audio">PCM, 16 bit, mono, 16 kHz; may be empty on the last chunk of a clause.</param>
/// <param name="IsLastOfClause">Whether the clause ends with it.</param>
public sealed record SpeechChunk(int Clause, ReadOnlyMemory<byte> Audio, bool IsLastOfClause);
