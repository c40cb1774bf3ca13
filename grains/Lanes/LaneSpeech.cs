using VoiceGrains.Checkpoints;
using VoiceGrains.Engines;
using VoiceGrains.Media;

namespace VoiceGrains.Lanes;

/// <summary>The spoken clauses of one segment in one lane: text goes into the synthesizer at commit, audio is read in order and delivered when the clause is kept.</summary>
sealed class LaneSpeech(LaneServices services, Language language, int segment, ISpeechStream stream, Unplayed unplayed) : IAsyncDisposable
{
    // 200 ms: no longer than a frame that clients may send.
    const int LargestChunk = 6_400;

    readonly Queue<(int Number, long Version, RecentClause Clause, StageLatency Latency, long WrittenAt)> _clauses = new();
    TimeSpan _duration;
    bool _isSpeaking;
    bool _hasFailed;

    public void Write(int number, long version, RecentClause clause, StageLatency latency)
    {
        if (_hasFailed)
        {
            // It is read only.
            clause.HasArrived = true;
            return;
        }

        _clauses.Enqueue((number, version, clause, latency, services.Time.GetTimestamp()));
        services.Use.Syntheses++;
        unplayed.Promise(clause.Text);
        stream.Write(clause.Text);
    }

    public void Complete() => stream.Complete();

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
            await foreach (var chunk in stream.Chunks(cancellationToken))
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

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    // What is not spoken is read.
    void Abandon()
    {
        if (_isSpeaking)
            End(isWhole: false);
        _hasFailed = true;
        foreach (var silent in _clauses)
        {
            silent.Clause.HasArrived = true;
            unplayed.Settle(silent.Clause.Text);
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
        var delivery = new SpeechChunkDelivery(language, segment, number, _duration, audio);
        clause.Chunks.Add(delivery);
        _duration += AudioTime.Of(audio);
        unplayed.Deliver(AudioTime.Of(audio));
        services.Commits.Deliver(version, () => services.Outlets.Send(delivery));
    }

    void Begin()
    {
        (_isSpeaking, _duration) = (true, TimeSpan.Zero);
        var (number, version, clause, latency, writtenAt) = _clauses.Peek();
        var spoken = services.Time.GetElapsedTime(writtenAt);
        CallMeters.Stage("synthesize", spoken);
        clause.Begin = new SpeechBeginDelivery(language, segment, number, clause.Text, latency with { Spoken = spoken });
        clause.BegunAt = services.Time.GetUtcNow();
        services.Commits.Deliver(version, () => services.Outlets.Send(clause.Begin));
    }

    void End(bool isWhole)
    {
        _isSpeaking = false;
        var (number, version, clause, _, _) = _clauses.Dequeue();
        unplayed.Settle(clause.Text);
        clause.End = new SpeechEndDelivery(language, segment, number, _duration, isWhole);
        services.Commits.Deliver(version, () => services.Outlets.Send(clause.End, arrived: () =>
        {
            clause.HasArrived = true;
            services.Commits.Note();
        }));
    }
}
