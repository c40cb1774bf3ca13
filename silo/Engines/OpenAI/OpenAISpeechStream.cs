using System.Runtime.CompilerServices;
using System.Threading.Channels;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>The clauses of one segment in their order: while one comes out, those behind it are already being made.</summary>
sealed class OpenAISpeechStream(Func<string, SpokenClause> begin) : ISpeechStream
{
    // Requests begun before their clause's turn: enough to leave no gap, few enough to leave the account's limits to others.
    const int Ahead = 2;

    // A segment of 15 s, or a typed text of 2,000 characters, has far fewer clauses.
    const int MostClauses = 512;

    readonly Channel<string> _clauses = Channel.CreateBounded<string>(new BoundedChannelOptions(MostClauses) { SingleReader = true });
    readonly Channel<SpokenClause> _begun = Channel.CreateBounded<SpokenClause>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
    readonly CancellationTokenSource _cancelled = new();
    volatile bool _hasOverflown;

    public void Write(string clause)
    {
        if (_clauses.Writer.TryWrite(clause))
            return;
        _hasOverflown = true;
        _clauses.Writer.TryComplete();
    }

    public void Complete() => _clauses.Writer.TryComplete();

    public void Cancel()
    {
        _cancelled.Cancel();
        _clauses.Writer.TryComplete();
    }

    public async IAsyncEnumerable<SpeechChunk> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _cancelled.Token);
        var beginning = BeginAll(either.Token);
        try
        {
            for (var number = 1; await HasNext(either.Token); number++)
            {
                await using var clause = await _begun.Reader.ReadAsync(CancellationToken.None);
                while (await NextOf(clause, either.Token) is { } audio)
                    yield return new SpeechChunk(number, audio, IsLastOfClause: false);
                // Cancelled: what has not come out is dropped, and this is no end of a clause.
                cancellationToken.ThrowIfCancellationRequested();
                if (_cancelled.IsCancellationRequested)
                    yield break;
                yield return new SpeechChunk(number, ReadOnlyMemory<byte>.Empty, IsLastOfClause: true);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (_hasOverflown)
                throw new EngineFaultException("openai-speech", FaultKind.BadRequest, $"A segment has at most {MostClauses} clauses.");
        }
        finally
        {
            await either.CancelAsync();
            await beginning;
            while (_begun.Reader.TryRead(out var unheard))
                await unheard.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        Cancel();
        return ValueTask.CompletedTask;
    }

    async Task<bool> HasNext(CancellationToken cancellationToken)
    {
        try
        {
            return await _begun.Reader.WaitToReadAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    static async Task<byte[]?> NextOf(SpokenClause clause, CancellationToken cancellationToken)
    {
        try
        {
            return await clause.Next(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    // Each request begins when there is a place for its clause.
    async Task BeginAll(CancellationToken cancellationToken)
    {
        try
        {
            while (await _begun.Writer.WaitToWriteAsync(cancellationToken))
                _begun.Writer.TryWrite(begin(await _clauses.Reader.ReadAsync(cancellationToken)));
        }
        catch (Exception end) when (end is ChannelClosedException or OperationCanceledException)
        {
            // No more clauses, or nobody wants them.
        }

        _begun.Writer.TryComplete();
    }
}
