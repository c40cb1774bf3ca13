using System.Runtime.CompilerServices;
using VoiceGrains.Engines;

namespace VoiceGrains.Voices;

/// <summary>
/// Speech in somebody's own voice. Before each clause is let out it is asked whether the voice may still be used; from the first clause for which it may not,
/// or can't, the stock voice speaks. A clause that the own voice broke off is spoken anew as a whole, so no word is missed. Runs in the turns of the participant.
/// </summary>
/// <param name="holds">Whether the voice may be used at this moment.</param>
sealed class RevocableSpeech(ISpeechStream own, Func<ISpeechStream> openStock, Func<Task<bool>> holds) : ISpeechStream
{
    readonly List<string> _clauses = [];
    ISpeechStream? _stock;
    bool _isComplete;
    bool _isCancelled;

    public void Write(string clause)
    {
        _clauses.Add(clause);
        (_stock ?? own).Write(clause);
    }

    public void Complete()
    {
        _isComplete = true;
        (_stock ?? own).Complete();
    }

    public void Cancel()
    {
        _isCancelled = true;
        (_stock ?? own).Cancel();
    }

    public async IAsyncEnumerable<SpeechChunk> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var spoken = 0;
        await using (var chunks = own.Chunks(cancellationToken).GetAsyncEnumerator(cancellationToken))
        {
            for (var isWithin = false; await Next(chunks, cancellationToken) is { } chunk; isWithin = !chunk.IsLastOfClause)
            {
                if (!isWithin && !await holds())
                    break;
                if (chunk.IsLastOfClause)
                    spoken++;
                yield return chunk;
            }
        }

        if (_isCancelled || (_isComplete && spoken >= _clauses.Count))
            yield break;
        await foreach (var chunk in SpeakTheRest(spoken).Chunks(cancellationToken))
            yield return chunk with { Clause = chunk.Clause + spoken };
    }

    public async ValueTask DisposeAsync()
    {
        await own.DisposeAsync();
        if (_stock is not null)
            await _stock.DisposeAsync();
    }

    ISpeechStream SpeakTheRest(int spoken)
    {
        own.Cancel();
        _stock = openStock();
        foreach (var clause in _clauses.Skip(spoken))
            _stock.Write(clause);
        if (_isComplete)
            _stock.Complete();
        return _stock;
    }

    // Null: the own voice has nothing more to say, or failed.
    static async Task<SpeechChunk?> Next(IAsyncEnumerator<SpeechChunk> chunks, CancellationToken cancellationToken)
    {
        try
        {
            return await chunks.MoveNextAsync() ? chunks.Current : null;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            CallMeters.Fault(error as EngineFaultException ?? new EngineFaultException("synthesizer", FaultKind.Transport, "The engine broke.", error));
            return null;
        }
    }
}
