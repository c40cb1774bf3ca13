using System.Runtime.CompilerServices;
using System.Threading.Channels;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.EspeakNg;

/// <summary>The clauses of one segment, spoken one after the other.</summary>
sealed class EspeakStream(EspeakOptions options, string voice, int pitch, SemaphoreSlim places, TimeProvider time) : ISpeechStream
{
    // Bounded by its segment: 15 s of speech, or a typed text of 2,000 characters.
    readonly Channel<string> _clauses = Channel.CreateUnbounded<string>();
    readonly CancellationTokenSource _cancelled = new();

    public void Write(string clause) => _clauses.Writer.TryWrite(clause);

    public void Complete() => _clauses.Writer.TryComplete();

    public void Cancel() => _cancelled.Cancel();

    public async IAsyncEnumerable<SpeechChunk> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _cancelled.Token);
        var number = 0;
        await foreach (var clause in _clauses.Reader.ReadAllAsync(either.Token))
        {
            number++;
            await foreach (var audio in Speak(clause, either.Token))
                yield return new SpeechChunk(number, audio, IsLastOfClause: false);
            yield return new SpeechChunk(number, ReadOnlyMemory<byte>.Empty, IsLastOfClause: true);
        }
    }

    public ValueTask DisposeAsync()
    {
        _cancelled.Cancel();
        _clauses.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    async IAsyncEnumerable<ReadOnlyMemory<byte>> Speak(string clause, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            // A process that dies before its first sound is tried once more; later the listener would hear words twice.
            for (var attempt = 1; ; attempt++)
            {
                await using var process = new EspeakProcess(options, voice, pitch, time);
                var hasSpoken = false;
                await process.Begin(clause, cancellationToken);
                while (await process.Read(cancellationToken) is { Length: > 0 } audio)
                {
                    hasSpoken = true;
                    yield return audio;
                }

                if (hasSpoken && process.IsWhole)
                    yield break;
                if (hasSpoken || attempt == 2)
                    throw new EngineFaultException("espeak-ng", FaultKind.Truncated, "espeak-ng ended before the clause was spoken.");
            }
        }
        finally
        {
            places.Release();
        }
    }
}
