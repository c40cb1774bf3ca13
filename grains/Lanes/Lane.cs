using System.Threading.Channels;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Voices;

namespace VoiceGrains.Lanes;

/// <summary>
/// One target language of one speaker: translates sentences one after the other, commits clauses as their text comes, and speaks them in order.
/// Runs in the turns of the participant; engines work on their own.
/// </summary>
sealed class Lane : IAsyncDisposable
{
    const int MostWaiting = 32;
    static readonly TimeSpan VoiceLimit = TimeSpan.FromSeconds(1);
    static readonly TimeSpan SentenceLimit = TimeSpan.FromSeconds(10);

    readonly LaneServices _services;
    readonly CancellationTokenSource _closing = new();

    // What comes when MostWaiting wait already keeps its place in the order, but is not translated: that takes no time, so the queue stays bounded.
    readonly Channel<(Sentence Sentence, bool IsTranslated)> _sentences = Channel.CreateUnbounded<(Sentence, bool)>();
    readonly Channel<LaneSpeech> _speeches = Channel.CreateBounded<LaneSpeech>(32);
    readonly Task _translating;
    readonly Task _speaking;

    // Typed text may come while a spoken segment is open, so there can be two.
    readonly Dictionary<int, LaneSegment> _segments = [];

    bool _hasToldNoVoice;
    bool _isVoiceUnknown;
    bool _isFailing;
    int _busy;

    public Lane(LaneServices services, Language language)
    {
        _services = services;
        Language = language;
        _translating = TranslateAll();
        _speaking = SpeakAll();
    }

    public Language Language { get; }

    /// <summary>Whether somebody wants to hear it, not only read.</summary>
    public bool IsHeard { get; set; }

    /// <summary>Whether nothing is on its way.</summary>
    public bool IsIdle => _busy == 0;

    public void Take(Sentence sentence)
    {
        _busy++;
        _sentences.Writer.TryWrite((sentence, _sentences.Reader.Count < MostWaiting));
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Task.WhenAll(_translating, _speaking);
        foreach (var segment in _segments.Values)
        {
            if (segment.Speech is not null)
                await segment.Speech.DisposeAsync();
        }
    }

    async Task TranslateAll()
    {
        try
        {
            await foreach (var (sentence, isTranslated) in _sentences.Reader.ReadAllAsync(_closing.Token))
            {
                await TranslateOnce(sentence, isTranslated);
                _busy--;
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Nobody listens to this language any more.
        }
    }

    async Task SpeakAll()
    {
        try
        {
            await foreach (var speech in _speeches.Reader.ReadAllAsync(_closing.Token))
            {
                await using (speech)
                {
                    if (!await speech.SpeakAll(_closing.Token))
                        _services.Outlets.Send(new NoticeDelivery(Language, NoticeKind.SynthesizerFailed, ToSpeaker: false));
                }

                _busy--;
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Nobody listens to this language any more.
        }
    }

    async Task TranslateOnce(Sentence sentence, bool isTranslated)
    {
        if (!_segments.TryGetValue(sentence.Segment, out var segment))
        {
            segment = new LaneSegment(new LaneText(Language, sentence.Segment, sentence.Origin), await OpenSpeech(sentence.Segment));
            _segments[sentence.Segment] = segment;
        }

        if (sentence.Text.Length > 0 && !(isTranslated && await WithAnyEngine(sentence, segment)))
            CommitUntranslated(sentence, segment);
        if (!sentence.IsLast)
            return;

        _segments.Remove(sentence.Segment);
        SendCaption(sentence, segment, isFinal: true, null);
        _services.Translated(sentence.Segment, segment.Text.Record());
        segment.Speech?.Complete();
    }

    async Task<LaneSpeech?> OpenSpeech(int segment)
    {
        if (!IsHeard)
            return null;
        try
        {
            if (_services.Engines.SynthesizerFor(Language) is { } engine && await Voice() is { } voice)
            {
                var speech = new LaneSpeech(_services, Language, segment, engine.Open(voice));
                if (_speeches.Writer.TryWrite(speech))
                {
                    _busy++;
                    return speech;
                }

                // More than 32 segments wait to be spoken: captions go on without speech.
                await speech.DisposeAsync();
                return null;
            }
        }
        catch (EngineFaultException fault)
        {
            CallMeters.Fault(fault);
        }

        if (!_hasToldNoVoice && !_isVoiceUnknown)
            _services.Outlets.Send(new NoticeDelivery(Language, NoticeKind.NoVoice, ToSpeaker: false));
        _hasToldNoVoice |= !_isVoiceUnknown;
        return null;
    }

    async Task<Voice?> Voice()
    {
        try
        {
            _isVoiceUnknown = false;
            return await _services.VoiceFor(Language).WaitAsync(VoiceLimit, _services.Time, _closing.Token);
        }
        catch (Exception error) when (error is not OperationCanceledException || !_closing.IsCancellationRequested)
        {
            // The profile can't be asked just now, whatever failed on the way: captions go on, and the next segment asks again.
            _isVoiceUnknown = true;
            return null;
        }
    }

    async Task<bool> WithAnyEngine(Sentence sentence, LaneSegment segment)
    {
        if (sentence.Language.IsSpokenLike(Language))
        {
            CommitClauses(sentence, segment, new ClauseCutter(), sentence.Text + " ", TranslationQuality.Original, null);
            return true;
        }

        var isFirst = true;
        foreach (var engine in _services.Engines.TranslatorsFor(sentence.Language, Language))
        {
            // One sentence counts once, even if the phrasebook declines it and another engine takes it.
            if (isFirst)
                _services.Use.Translations++;
            isFirst = false;
            if (await With(engine, sentence, segment))
                return true;
        }

        return false;
    }

    async Task<bool> With(ITranslator engine, Sentence sentence, LaneSegment segment)
    {
        var cutter = new ClauseCutter();
        var before = segment.Text.Clauses;
        var quality = TranslationQuality.Good;
        TimeSpan? latency = null;
        var isWhole = false;
        using var limit = new CancellationTokenSource(SentenceLimit, _services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _closing.Token);
        try
        {
            var request = new TranslationRequest(sentence.Language, Language, sentence.Text, segment.Text.Committed);
            await foreach (var piece in engine.Translate(request, either.Token))
            {
                latency ??= _services.Time.GetElapsedTime(sentence.Clock.FinalAt);
                quality = piece.Quality;
                CommitClauses(sentence, segment, cutter, piece.Text, quality, latency);
                isWhole |= piece.IsLast;
            }
        }
        catch (EngineFaultException fault)
        {
            CallMeters.Fault(fault);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !_closing.IsCancellationRequested)
        {
            CallMeters.Fault(new EngineFaultException(engine.Name, FaultKind.Stalled, "No translation within the limit."));
        }
        catch (Exception error) when (!_closing.IsCancellationRequested)
        {
            // A mistake inside an engine costs this sentence, never the lane.
            CallMeters.Fault(new EngineFaultException(engine.Name, FaultKind.Transport, "The engine broke.", error));
        }

        if (!isWhole && segment.Text.Clauses == before)
            return false; // Declined, or failed before anything was heard: the next engine may try.
        _isFailing = false;
        if (cutter.Finish() is { } rest)
            Commit(sentence, segment, rest, quality, latency);
        // What was committed stands; that something is missing behind it must be said.
        if (!isWhole)
            _services.Outlets.Send(new NoticeDelivery(Language, NoticeKind.TranslatorFailed, ToSpeaker: false));
        if (latency is { } measured)
            CallMeters.Stage("translate", measured);
        return true;
    }

    void CommitClauses(Sentence sentence, LaneSegment segment, ClauseCutter cutter, string text, TranslationQuality quality, TimeSpan? latency)
    {
        foreach (var clause in cutter.Take(text))
            Commit(sentence, segment, clause, quality, latency);
        if (quality == TranslationQuality.Original && cutter.Finish() is { } rest)
            Commit(sentence, segment, rest, quality, latency);
    }

    void Commit(Sentence sentence, LaneSegment segment, string clause, TranslationQuality quality, TimeSpan? latency)
    {
        var number = segment.Text.Commit(clause, quality);
        SendCaption(sentence, segment, isFinal: false, latency);
        segment.Speech?.Write(number, clause, new StageLatency(sentence.Clock.Recognized, latency, null));
    }

    void CommitUntranslated(Sentence sentence, LaneSegment segment)
    {
        // Read in the original, but not spoken: a voice of another language makes it unintelligible.
        segment.Text.Commit(sentence.Text, TranslationQuality.Untranslated);
        if (!_isFailing)
            _services.Outlets.Send(new NoticeDelivery(Language, NoticeKind.TranslatorFailed, ToSpeaker: false));
        _isFailing = true;
    }

    void SendCaption(Sentence sentence, LaneSegment segment, bool isFinal, TimeSpan? translated)
    {
        // What is in the spoken language already has its caption.
        if (!sentence.Language.IsSpokenLike(Language))
            _services.Outlets.Send(segment.Text.Caption(sentence.Language, isFinal, new StageLatency(sentence.Clock.Recognized, translated, null)));
    }

    sealed record LaneSegment(LaneText Text, LaneSpeech? Speech);
}
