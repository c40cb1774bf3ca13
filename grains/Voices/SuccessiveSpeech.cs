using System.Runtime.CompilerServices;
using VoiceGrains.Engines;

namespace VoiceGrains.Voices;

/// <summary>A voice that can speak a segment.</summary>
/// <param name="Holds">Asked before each clause is let out, whether the voice may still be used. Null: it always may.</param>
sealed record SpeechSource(ISynthesizer Engine, Voice Voice, Func<Task<bool>>? Holds = null);

/// <summary>
/// The speech of one segment, by the first voice that can. When it breaks off, the next goes on with what was not spoken yet; when it may not be used any more,
/// the next speaks from the next clause on. Runs in the turns of the participant.
/// </summary>
sealed class SuccessiveSpeech : ISpeechStream
{
    readonly EngineSet _engines;
    readonly Action<ISynthesizer>? _spoke;
    readonly Queue<SpeechSource> _sources;
    readonly List<ISpeechStream> _opened = [];
    readonly List<string> _clauses = [];
    SpokenPace _pace = new();
    SpeechSource _source = null!;
    ISpeechStream _stream = null!;
    EngineFaultException? _fault;
    int _spoken;
    TimeSpan _heard;
    bool _isComplete;
    bool _isCancelled;

    /// <summary>Throws <see cref="EngineFaultException"/> when none of the voices can be used now.</summary>
    /// <param name="sources">In the order in which they are tried.</param>
    /// <param name="spoke">Told of each clause which engine spoke it.</param>
    public SuccessiveSpeech(EngineSet engines, IEnumerable<SpeechSource> sources, Action<ISynthesizer>? spoke = null)
    {
        (_engines, _sources, _spoke) = (engines, new Queue<SpeechSource>(sources), spoke);
        OpenNext();
    }

    public void Write(string clause)
    {
        _clauses.Add(clause);
        _stream.Write(clause);
    }

    public void Complete()
    {
        _isComplete = true;
        _stream.Complete();
    }

    public void Cancel()
    {
        _isCancelled = true;
        _stream.Cancel();
    }

    public async IAsyncEnumerable<SpeechChunk> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            await using (var chunks = _stream.Chunks(cancellationToken).GetAsyncEnumerator(cancellationToken))
            {
                while (await Next(chunks, cancellationToken) is { } chunk)
                {
                    yield return chunk with { Clause = _spoken + 1 };
                    Note(chunk);
                }
            }

            if (_isCancelled || (_isComplete && _spoken >= _clauses.Count))
                yield break;
            if (GoOn() is { } end)
                yield return end;
            if (_isComplete && _spoken >= _clauses.Count)
                yield break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var stream in _opened)
            await stream.DisposeAsync();
    }

    // Null: this voice has nothing more to say, failed, or may not be used any more.
    async Task<SpeechChunk?> Next(IAsyncEnumerator<SpeechChunk> chunks, CancellationToken cancellationToken)
    {
        try
        {
            if (!await chunks.MoveNextAsync())
            {
                if (!_isCancelled && !(_isComplete && _spoken >= _clauses.Count))
                    _fault = _engines.Failed(_source.Engine, new EngineFaultException(_source.Engine.Name, FaultKind.Truncated, "The stream ended early."));
                return null;
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            _fault = _engines.Failed(_source.Engine, error);
            return null;
        }

        var isBeginning = _heard == TimeSpan.Zero;
        return !isBeginning || _source.Holds is null || await _source.Holds() ? chunks.Current : null;
    }

    void Note(SpeechChunk chunk)
    {
        _heard += AudioTime.Of(chunk.Audio);
        if (!chunk.IsLastOfClause)
            return;
        _engines.Succeeded(_source.Engine);
        _spoke?.Invoke(_source.Engine);
        _pace.Learn(_clauses[_spoken], _heard);
        (_spoken, _heard) = (_spoken + 1, TimeSpan.Zero);
    }

    // Gives the next voice what is left. Returns the end of a clause whose words were all out.
    SpeechChunk? GoOn()
    {
        SpeechChunk? end = null;
        var rest = _heard > TimeSpan.Zero && _spoken < _clauses.Count ? _pace.Rest(_clauses[_spoken], _heard) : null;
        if (rest is "")
        {
            end = new SpeechChunk(_spoken + 1, ReadOnlyMemory<byte>.Empty, IsLastOfClause: true);
            (_spoken, _heard, rest) = (_spoken + 1, TimeSpan.Zero, null);
        }

        _stream.Cancel();
        if (_isComplete && _spoken >= _clauses.Count)
            return end;
        OpenNext();
        _pace = new SpokenPace();
        foreach (var clause in _clauses.Skip(_spoken))
        {
            _stream.Write(rest ?? clause);
            rest = null;
        }

        if (_isComplete)
            _stream.Complete();
        return end;
    }

    void OpenNext()
    {
        while (_sources.TryDequeue(out var source))
        {
            if (!_engines.MayTry(source.Engine))
                continue;
            try
            {
                (_source, _stream) = (source, source.Engine.Open(source.Voice));
                _opened.Add(_stream);
                return;
            }
            catch (Exception error)
            {
                _fault = _engines.Failed(source.Engine, error);
            }
        }

        throw _fault ?? new EngineFaultException("synthesizer", FaultKind.Overloaded, "No synthesizer may be used just now.");
    }
}
