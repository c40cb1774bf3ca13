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
/// <param name="mayBeHeard">Asked when a clause that was made ahead is about to be heard: consent may have been taken back since.</param>
/// <param name="dropped">Called for each clause that was made and is not heard.</param>
sealed class ForeseenSpeech(ISpeechStream speech, Func<ISpeechStream?> open, Func<Task<bool>> mayBeHeard, Action dropped) : ISpeechStream
{
    // Null: the clause was given to the stream that speaks all others.
    readonly Channel<Ahead?> _clauses = Channel.CreateUnbounded<Ahead?>(new UnboundedChannelOptions { SingleReader = true });
    readonly List<Task> _dropping = [];
    readonly RunningSpeech _usual = new(speech);
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
        var number = 0;
        await foreach (var ahead in _clauses.Reader.ReadAllAsync(cancellationToken))
        {
            number++;
            await foreach (var chunk in ahead is null ? _usual.NextClause(cancellationToken) : Heard(ahead, cancellationToken))
                yield return chunk with { Clause = number };
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cancel();
        while (_clauses.Reader.TryRead(out var unheard))
        {
            if (unheard is not null)
                await unheard.Speech.DisposeAsync();
        }

        await Task.WhenAll(_dropping);
        await _usual.DisposeAsync();
    }

    async IAsyncEnumerable<SpeechChunk> Heard(Ahead ahead, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var made = ahead.Speech;
        if (await mayBeHeard() && await made.HasBegun(cancellationToken))
        {
            await foreach (var chunk in made.NextClause(cancellationToken))
                yield return chunk;
            yield break;
        }

        // With the voice that may be used now, or because what was to be made failed: that says nothing of the voice when it is certain what to say.
        await using var anew = Open(ahead.Clause) ?? throw new EngineFaultException("synthesizer", FaultKind.Overloaded, "No synthesizer may be used just now.");
        await foreach (var chunk in anew.NextClause(cancellationToken))
            yield return chunk;
    }

    Ahead? Make(string clause)
    {
        try
        {
            return Open(clause) is { } running ? new Ahead(clause, running) : null;
        }
        catch (EngineFaultException)
        {
            // Counted where it happened. The clause is made when it comes.
            return null;
        }
    }

    RunningSpeech? Open(string clause)
    {
        if (open() is not { } stream)
            return null;
        stream.Write(clause);
        stream.Complete();
        return new RunningSpeech(stream);
    }

    void Drop()
    {
        if (_ahead is not { } ahead)
            return;
        _ahead = null;
        dropped();
        _dropping.RemoveAll(static task => task.IsCompleted);
        _dropping.Add(ahead.Speech.DisposeAsync().AsTask());
    }

    /// <summary>A clause that is made before it is written.</summary>
    sealed record Ahead(string Clause, RunningSpeech Speech);
}
