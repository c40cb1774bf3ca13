using VoiceGrains.Engines;
using VoiceGrains.Media;

namespace VoiceGrains.Lanes;

/// <summary>The spoken clauses of one segment in one lane: text goes into the synthesizer at commit, audio is read in order.</summary>
sealed class LaneSpeech(LaneServices services, Language language, int segment, ISpeechStream stream) : IAsyncDisposable
{
    readonly Queue<(int Number, string Text, StageLatency Latency, long WrittenAt)> _clauses = new();
    int _chunks;
    TimeSpan _duration;
    bool _isSpeaking;

    public void Write(int number, string clause, StageLatency latency)
    {
        _clauses.Enqueue((number, clause, latency, services.Time.GetTimestamp()));
        services.Use.Syntheses++;
        stream.Write(clause);
    }

    public void Complete() => stream.Complete();

    /// <summary>Delivers the audio of all clauses. False: the synthesizer failed on the way.</summary>
    public async Task<bool> SpeakAll(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var chunk in stream.Chunks(cancellationToken))
                Speak(chunk);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever broke inside the engine costs the rest of this segment, never the lane.
            CallMeters.Fault(error as EngineFaultException ?? new EngineFaultException("synthesizer", FaultKind.Transport, "The engine broke.", error));
            if (_isSpeaking)
                End(isWhole: false);
            return false;
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    void Speak(SpeechChunk chunk)
    {
        if (!_isSpeaking)
            Begin();
        if (chunk.Audio.Length > 0)
        {
            _duration += AudioTime.Of(chunk.Audio);
            services.Outlets.Send(new SpeechChunkDelivery(language, segment, _clauses.Peek().Number, ++_chunks, chunk.Audio));
        }

        if (chunk.IsLastOfClause)
            End(isWhole: true);
    }

    void Begin()
    {
        (_isSpeaking, _chunks, _duration) = (true, 0, TimeSpan.Zero);
        var (number, text, latency, writtenAt) = _clauses.Peek();
        var spoken = services.Time.GetElapsedTime(writtenAt);
        CallMeters.Stage("synthesize", spoken);
        services.Outlets.Send(new SpeechBeginDelivery(language, segment, number, text, latency with { Spoken = spoken }));
    }

    void End(bool isWhole)
    {
        _isSpeaking = false;
        services.Outlets.Send(new SpeechEndDelivery(language, segment, _clauses.Dequeue().Number, _chunks, _duration, isWhole));
    }
}
