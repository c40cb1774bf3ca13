using System.Buffers;
using System.Runtime.CompilerServices;
using VoiceGrains.Audio;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;

namespace VoiceGrains.Voices;

/// <summary>
/// Speech that catches up: as much waits to be played, as fast it goes on, with short silences. Clauses stay whole: what is held back comes with their last chunk.
/// While nothing waits, chunks go through as they are.
/// </summary>
/// <param name="unplayed">How much speech waits to be played before the next chunk, without the chunk itself. Asked once for each chunk.</param>
sealed class PacedSpeech(ISpeechStream speech, Func<TimeSpan> unplayed) : ISpeechStream
{
    // People don't notice a tempo that changes by 0.05 in 200 ms.
    const double LargestChange = 0.05;
    const int ChangeBytes = 6_400;

    // What may have been held back before a chunk.
    const int HeldBytes = 3_200;

    readonly SilenceTrim _trim = new();
    readonly TimeStretch _stretch = new();
    bool _isPacing;

    /// <summary>How fast it speaks now; 1 is as fast as it was made.</summary>
    public double Tempo { get; private set; } = 1;

    public void Write(string clause) => speech.Write(clause);

    public void Complete() => speech.Complete();

    public void Cancel() => speech.Cancel();

    public async IAsyncEnumerable<SpeechChunk> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var chunk in speech.Chunks(cancellationToken))
            yield return chunk with { Audio = Paced(chunk) };
    }

    public ValueTask DisposeAsync() => speech.DisposeAsync();

    ReadOnlyMemory<byte> Paced(SpeechChunk chunk)
    {
        var wanted = CatchUp.Tempo(unplayed());
        if (!_isPacing && wanted == 1)
            return chunk.Audio;
        var paced = new ArrayBufferWriter<byte>(chunk.Audio.Length + HeldBytes);
        if (wanted > 1)
            Stretch(_trim.Apply(chunk.Audio.Span).Span, wanted, paced);
        else
            SlowDown(chunk.Audio.Span, paced);
        _isPacing = wanted > 1 || Tempo > 1;
        if (chunk.IsLastOfClause)
            LetOut(paced);
        return paced.WrittenMemory;
    }

    // Silences are what they were again at once, the tempo is by and by.
    void SlowDown(ReadOnlySpan<byte> audio, ArrayBufferWriter<byte> paced)
    {
        Stretch(_trim.Flush().Span, 1, paced);
        Stretch(audio, 1, paced);
    }

    void Stretch(ReadOnlySpan<byte> audio, double wanted, ArrayBufferWriter<byte> paced)
    {
        while (!audio.IsEmpty)
        {
            var piece = audio[..Math.Min(audio.Length, ChangeBytes)];
            audio = audio[piece.Length..];
            var change = LargestChange * piece.Length / ChangeBytes;
            Tempo = Math.Clamp(wanted, Tempo - change, Tempo + change);
            paced.Write(_stretch.Apply(piece, Tempo).Span);
        }
    }

    void LetOut(ArrayBufferWriter<byte> paced)
    {
        paced.Write(_stretch.Apply(_trim.Flush().Span, Tempo).Span);
        paced.Write(_stretch.Flush().Span);
    }
}
