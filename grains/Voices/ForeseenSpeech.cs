using System.Runtime.CompilerServices;
using System.Threading.Channels;
using VoiceGrains.Engines;

namespace VoiceGrains.Voices;

/// <summary>
/// Speech of which the clause that will probably come next is made before it is written: one at a time, in a stream of its own. When exactly that clause is written, its
/// sound is there or on its way; when another is, it is dropped, and nobody has heard it. Runs in the turns of the participant.
/// </summary>
/// <param name="speech">Speaks all other clauses.</param>
/// <param name="open">Opens a stream in the same voice; null or a fault: none can be made now.</param>
/// <param name="dropped">Called for each clause that was made and is not heard.</param>
/// <param name="mayBeHeard">Asked when a clause that was made ahead is about to be heard: consent may have been taken back since.</param>
sealed class ForeseenSpeech(ISpeechStream speech, Func<ISpeechStream?> open, Func<Task<bool>> mayBeHeard, Action dropped) : ISpeechStream
{
    // Null: the clause was given to the stream that speaks all others.
    readonly Channel<Ahead?> _clauses = Channel.CreateUnbounded<Ahead?>(new UnboundedChannelOptions { SingleReader = true });
    readonly List<Task> _dropping = [];
    Ahead? _ahead;
    bool _isComplete;

    /// <summary>Makes a clause, if it is another than that which is made.</summary>
    public void Foresee(string clause)
    {
        if (_isComplete || _ahead?.Clause == clause)
            return;
        Drop();
        _ahead = Make(clause);
    }

    public void Write(string clause)
    {
        if (_ahead is { } ahead && ahead.Clause == clause)
        {
            _ahead = null;
            _clauses.Writer.TryWrite(ahead);
            return;
        }

        Drop();
        speech.Write(clause);
        _clauses.Writer.TryWrite(null);
    }

    public void Complete()
    {
        _isComplete = true;
        Drop();
        speech.Complete();
        _clauses.Writer.TryComplete();
    }

    public void Cancel()
    {
        _isComplete = true;
        Drop();
        speech.Cancel();
        _clauses.Writer.TryComplete();
    }

    public async IAsyncEnumerable<SpeechChunk> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var usual = speech.Chunks(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var number = 0;
        await foreach (var ahead in _clauses.Reader.ReadAllAsync(cancellationToken))
        {
            number++;
            if (ahead is not null)
            {
                await foreach (var chunk in Heard(ahead, cancellationToken))
                    yield return chunk with { Clause = number };
                continue;
            }

            while (true)
            {
                // It ends early when it was cancelled.
                if (!await usual.MoveNextAsync())
                    yield break;
                yield return usual.Current with { Clause = number };
                if (usual.Current.IsLastOfClause)
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cancel();
        while (_clauses.Reader.TryRead(out var unheard))
        {
            if (unheard is not null)
                await unheard.Stream.DisposeAsync();
        }

        await Task.WhenAll(_dropping);
        await speech.DisposeAsync();
    }

    async IAsyncEnumerable<SpeechChunk> Heard(Ahead ahead, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var made = ahead.Stream;
        if (await mayBeHeard())
        {
            await foreach (var chunk in made.Chunks(cancellationToken))
                yield return chunk;
            yield break;
        }

        // With the voice that may be used now.
        await using var anew = Open(ahead.Clause) ?? throw new EngineFaultException("synthesizer", FaultKind.Overloaded, "No synthesizer may be used just now.");
        await foreach (var chunk in anew.Chunks(cancellationToken))
            yield return chunk;
    }

    Ahead? Make(string clause)
    {
        try
        {
            return Open(clause) is { } stream ? new Ahead(clause, stream) : null;
        }
        catch (EngineFaultException)
        {
            // Counted where it happened. The clause is made when it comes.
            return null;
        }
    }

    ISpeechStream? Open(string clause)
    {
        var stream = open();
        stream?.Write(clause);
        stream?.Complete();
        return stream;
    }

    void Drop()
    {
        if (_ahead is not { } ahead)
            return;
        _ahead = null;
        dropped();
        ahead.Stream.Cancel();
        _dropping.RemoveAll(static task => task.IsCompleted);
        _dropping.Add(ahead.Stream.DisposeAsync().AsTask());
    }

    /// <summary>A clause that is made before it is written.</summary>
    sealed record Ahead(string Clause, ISpeechStream Stream);
}
