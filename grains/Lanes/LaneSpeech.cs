using VoiceGrains.Checkpoints;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Voices;

namespace VoiceGrains.Lanes;

/// <summary>
/// The spoken clauses of one segment in one lane: text goes into the synthesizer at commit, audio is read in order and delivered when the clause is kept, a little
/// faster when much of the lane waits to be heard.
/// </summary>
sealed class LaneSpeech : IAsyncDisposable
{
    // 200 ms: no longer than a frame that clients may send.
    const int LargestChunk = 6_400;

    readonly LaneServices _services;
    readonly Language _language;
    readonly int _segment;
    readonly ISpeechStream _stream;
    readonly ForeseenSpeech? _foreseen;
    readonly Unplayed _unplayed;
    readonly Queue<(int Number, long Version, RecentClause Clause, StageLatency Latency, long WrittenAt)> _clauses = new();
    TimeSpan _backlog;
    TimeSpan _duration;
    bool _isSpeaking;
    bool _hasFailed;

    /// <param name="catchesUp">Whether it is spoken faster when much waits.</param>
    public LaneSpeech(LaneServices services, Language language, int segment, ISpeechStream stream, Unplayed unplayed, bool catchesUp)
    {
        (_services, _language, _segment, _unplayed) = (services, language, segment, unplayed);
        _foreseen = stream as ForeseenSpeech;
        _stream = catchesUp ? new PacedSpeech(stream, Backlog) : stream;
    }

    public void Write(int number, long version, RecentClause clause, StageLatency latency)
    {
        if (_hasFailed)
        {
            // It is read only.
            clause.HasArrived = true;
            return;
        }

        _clauses.Enqueue((number, version, clause, latency, _services.Time.GetTimestamp()));
        _services.Use.Syntheses++;
        _unplayed.Promise(clause.Text);
        _stream.Write(clause.Text);
    }

    /// <summary>The clause that will probably come next, so that it can be made already.</summary>
    public void Foresee(string clause)
    {
        if (!_hasFailed)
            _foreseen?.Foresee(clause);
    }

    public void Complete() => _stream.Complete();

    /// <summary>Engines send seconds at once; what goes over sockets stays small.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Pieces(ReadOnlyMemory<byte> audio)
    {
        for (var at = 0; at < audio.Length; at += LargestChunk)
            yield return audio[at..Math.Min(at + LargestChunk, audio.Length)];
    }

    /// <summary>Delivers the audio of all clauses. False: every voice that there is failed on the way.</summary>
    public async Task<bool> SpeakAll(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var chunk in _stream.Chunks(cancellationToken))
                Speak(chunk);
            if (_clauses.Count == 0)
                return true;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Counted where it happened. It costs the rest of this segment, never the lane.
        }

        Abandon();
        return false;
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    // What waits to be heard before a clause begins, and of what is committed behind it. While it comes it stays the same: all of a clause may come at once.
    TimeSpan Backlog()
    {
        if (!_isSpeaking && _clauses.TryPeek(out var next))
            _backlog = _unplayed.Beside(next.Clause.Text);
        return _backlog;
    }

    // What is not spoken is read.
    void Abandon()
    {
        if (_isSpeaking)
            End(isWhole: false);
        _hasFailed = true;
        foreach (var silent in _clauses)
        {
            silent.Clause.HasArrived = true;
            _unplayed.Settle(silent.Clause.Text);
        }

        _clauses.Clear();
    }

    void Speak(SpeechChunk chunk)
    {
        if (!_isSpeaking)
            Begin();
        foreach (var piece in Pieces(chunk.Audio))
            Send(piece);
        if (chunk.IsLastOfClause)
            End(isWhole: true);
    }

    void Send(ReadOnlyMemory<byte> audio)
    {
        var (number, version, clause, _, _) = _clauses.Peek();
        var delivery = new SpeechChunkDelivery(_language, _segment, number, _duration, audio);
        clause.Chunks.Add(delivery);
        _duration += AudioTime.Of(audio);
        _unplayed.Deliver(AudioTime.Of(audio));
        _services.Commits.Deliver(version, () => _services.Outlets.Send(delivery));
    }

    void Begin()
    {
        (_isSpeaking, _duration) = (true, TimeSpan.Zero);
        var (number, version, clause, latency, writtenAt) = _clauses.Peek();
        var spoken = _services.Time.GetElapsedTime(writtenAt);
        CallMeters.Stage("synthesize", spoken);
        clause.Begin = new SpeechBeginDelivery(_language, _segment, number, clause.Text, latency with { Spoken = spoken });
        clause.BegunAt = _services.Time.GetUtcNow();
        _services.Commits.Deliver(version, () => _services.Outlets.Send(clause.Begin));
    }

    void End(bool isWhole)
    {
        _isSpeaking = false;
        var (number, version, clause, _, _) = _clauses.Dequeue();
        _unplayed.Settle(clause.Text);
        clause.End = new SpeechEndDelivery(_language, _segment, number, _duration, isWhole);
        _services.Commits.Deliver(version, () => _services.Outlets.Send(clause.End, arrived: () =>
        {
            clause.HasArrived = true;
            _services.Commits.Note();
        }));
    }
}
