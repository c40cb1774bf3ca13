using System.Runtime.CompilerServices;
using System.Threading.Channels;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>
/// The clauses of one segment. Each is spoken in a turn of its own, at most two turns at a time, and heard in order: so the end of a clause is the end of its turn,
/// and the next clause is being generated while one is heard.
/// </summary>
sealed class ElevenLabsSpeech : ISpeechStream
{
    const int TurnsAtATime = 2;

    // A segment is cut at 15 s of speech, and a typed text has 2,000 characters: neither comes near.
    const int MostClauses = 512;

    readonly Channel<string> _clauses = Channel.CreateBounded<string>(MostClauses);
    readonly Channel<ClauseAudio> _spoken = Channel.CreateBounded<ClauseAudio>(MostClauses);
    readonly SemaphoreSlim _turns = new(TurnsAtATime, TurnsAtATime);
    readonly CancellationTokenSource _cancelled = new();
    readonly Func<IClauseTurn> _prepare;
    readonly Errands _errands;
    volatile bool _isOverfull;

    /// <param name="prepare">Makes the next turn. It is called once at the start, so that the first clause finds an open line.</param>
    /// <param name="errands">Keeps the work that outlives the stream: a vendor's context is closed long after its listener left.</param>
    public ElevenLabsSpeech(Func<IClauseTurn> prepare, Errands errands)
    {
        (_prepare, _errands) = (prepare, errands);
        // Away from the scheduler of the grain that asks.
        errands.Add(SpeakAll);
    }

    public void Write(string clause)
    {
        if (!_clauses.Writer.TryWrite(clause) && !_cancelled.IsCancellationRequested)
            _isOverfull = true;
    }

    public void Complete() => _clauses.Writer.TryComplete();

    public void Cancel()
    {
        _clauses.Writer.TryComplete();
        _cancelled.Cancel();
    }

    public async IAsyncEnumerable<SpeechChunk> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _cancelled.Token);
        for (var number = 1; await Next(_spoken.Reader, either.Token, cancellationToken) is { } audio; number++)
        {
            while (await Next(audio.Pieces, either.Token, cancellationToken) is { } piece)
                yield return new SpeechChunk(number, piece, IsLastOfClause: false);
            if (_cancelled.IsCancellationRequested)
                yield break;
            yield return new SpeechChunk(number, ReadOnlyMemory<byte>.Empty, IsLastOfClause: true);
            _turns.Release();
        }

        if (_isOverfull)
            throw new EngineFaultException(ElevenLabsFault.Engine, FaultKind.BadRequest, $"A segment has more than {MostClauses} clauses.");
    }

    public ValueTask DisposeAsync()
    {
        Cancel();
        return ValueTask.CompletedTask;
    }

    // Null at the end, and at once when this stream was cancelled; throws what the writer ended with.
    async ValueTask<T?> Next<T>(ChannelReader<T> reader, CancellationToken either, CancellationToken caller)
        where T : class
    {
        try
        {
            return !_cancelled.IsCancellationRequested && await reader.WaitToReadAsync(either) && reader.TryRead(out var item) ? item : null;
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested && !caller.IsCancellationRequested)
        {
            return null;
        }
    }

    async Task SpeakAll()
    {
        try
        {
            while (true)
            {
                await _turns.WaitAsync(_cancelled.Token);
                // Nothing is made ready for a clause that is known not to come.
                if (_clauses.Reader.Completion.IsCompleted || !await SpeakOne(_prepare()))
                    break;
            }
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
        finally
        {
            _spoken.Writer.TryComplete();
        }
    }

    // False: there is no further clause.
    async Task<bool> SpeakOne(IClauseTurn turn)
    {
        var isTaken = false;
        try
        {
            if (!await _clauses.Reader.WaitToReadAsync(_cancelled.Token) || !_clauses.Reader.TryRead(out var clause))
                return false;
            var audio = new ClauseAudio();
            _spoken.Writer.TryWrite(audio);
            isTaken = true;
            _errands.Add(() => Speak(turn, clause, audio));
            return true;
        }
        finally
        {
            if (!isTaken)
                _errands.Add(() => turn.DisposeAsync().AsTask());
        }
    }

    async Task Speak(IClauseTurn turn, string clause, ClauseAudio audio)
    {
        await using var ended = turn;
        try
        {
            if (!string.IsNullOrWhiteSpace(clause))
                await turn.Speak(clause, audio, _cancelled.Token);
            audio.End(TooShort(clause, audio));
        }
        catch (Exception error)
        {
            // Whatever it was, the listener learns of it.
            audio.End(error as EngineFaultException ?? ElevenLabsFault.OfTransport(error, audio.HasAny));
        }
    }

    // Nobody says 200 letters in a second: the vendor called it whole, and it is not.
    static EngineFaultException? TooShort(string clause, ClauseAudio audio) =>
        audio.Duration < clause.Count(char.IsLetter) * TimeSpan.FromMilliseconds(5) ? ElevenLabsFault.Truncated("A clause had less sound than it has letters for.") : null;
}
