using System.Threading.Channels;
using VoiceGrains.Checkpoints;
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
    static readonly TimeSpan VoiceCallLimit = TimeSpan.FromSeconds(1);
    static readonly TimeSpan VoiceLimit = TimeSpan.FromSeconds(4);
    static readonly TimeSpan VoicePause = TimeSpan.FromMilliseconds(50);

    readonly LaneServices _services;
    readonly SentenceTranslation _translation;
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
    bool _isSilent;
    int _untranslated;
    int _busy;

    public Lane(LaneServices services, Language language)
    {
        _services = services;
        Language = language;
        _translation = new SentenceTranslation(services, language, _closing.Token);
        _translating = TranslateAll();
        _speaking = SpeakAll();
    }

    public Language Language { get; }

    /// <summary>Whether nothing is on its way.</summary>
    public bool IsIdle => _busy == 0;

    /// <summary>Whether every sentence is translated; speech may still be on its way.</summary>
    public bool IsTranslated => _untranslated == 0;

    public void Take(Sentence sentence)
    {
        _busy++;
        _untranslated++;
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
                _untranslated--;
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
        if (!_segments.TryGetValue(sentence.Segment, out var segment) && (segment = await Open(sentence.Segment)) is null)
            return;
        if (sentence.Text.Length > 0)
        {
            await _translation.Translate(sentence, segment, isTranslated);
            segment.EndSentence();
        }

        if (!sentence.IsLast)
            return;
        _segments.Remove(sentence.Segment);
        segment.Finish(sentence);
    }

    async Task<LaneSegment?> Open(int number)
    {
        if (_services.Recent.Find(number) is not { } recent || _services.Recent.Lane(number, Language) is not { } lane)
            return null;
        var speech = lane is { IsHeard: true, IsSettled: false } ? await OpenSpeech(number) : null;
        lane.IsHeard = speech is not null || lane.IsSettled;
        // An activation before this one may have committed clauses that were not heard to their end: gateways let through what is new of them.
        for (var clause = lane.SpokenThrough; speech is not null && clause < lane.Clauses.Count; clause++)
        {
            if (lane.Clauses[clause].HasArrived)
                continue;
            speech.Write(clause + 1, 0, lane.Clauses[clause], StageLatency.None);
            _services.Use.Repeats++;
        }

        return _segments[number] = new LaneSegment(_services, recent, lane, speech);
    }

    async Task<LaneSpeech?> OpenSpeech(int segment)
    {
        try
        {
            if (_services.Engines.SynthesizersFor(Language).Any() && await Voice() is { } voice && VoiceStreams.Open(_services, voice) is { } stream)
            {
                _isSilent = false;
                var speech = new LaneSpeech(_services, Language, segment, stream);
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
        catch (EngineFaultException)
        {
            // Told once, until one works again.
            if (!_isSilent)
                _services.Outlets.Send(new NoticeDelivery(Language, NoticeKind.SynthesizerFailed, ToSpeaker: false));
            _isSilent = true;
            return null;
        }

        if (!_hasToldNoVoice && !_isVoiceUnknown)
            _services.Outlets.Send(new NoticeDelivery(Language, NoticeKind.NoVoice, ToSpeaker: false));
        _hasToldNoVoice |= !_isVoiceUnknown;
        return null;
    }

    async Task<Voice?> Voice()
    {
        var started = _services.Time.GetTimestamp();
        while (true)
        {
            try
            {
                _isVoiceUnknown = false;
                return await _services.VoiceFor(Language).WaitAsync(VoiceCallLimit, _services.Time, _closing.Token);
            }
            catch (Exception error) when (error is not OperationCanceledException || !_closing.IsCancellationRequested)
            {
                // The profile may be on its way to another silo. If it can't be asked for longer, captions go on, and the next segment asks again.
                _isVoiceUnknown = true;
                if (_services.Time.GetElapsedTime(started) >= VoiceLimit)
                    return null;
            }

            await Task.Delay(VoicePause, _services.Time, _closing.Token);
        }
    }
}
