using VoiceGrains.Calls;
using VoiceGrains.Deliveries;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;
using VoiceGrains.Media;
using VoiceGrains.Recognition;

namespace VoiceGrains.Participants;

/// <summary>What one participant says, on its way from numbered frames to captions, lanes and the transcript. Runs in the turns of the participant.</summary>
sealed class Speaker : IHearing, IAsyncDisposable
{
    const int MostPieces = 16;

    readonly SpeakerServices _services;
    readonly Outlets _outlets;
    readonly Ear _ear;
    readonly SpeechTrack _track;
    readonly SpeakerLanes _lanes;
    readonly SegmentBook _book;
    Language _language;
    bool _canBeRecognized;
    int _revision;
    long _relayed;

    public Speaker(SpeakerServices services, Outlets outlets, FrameLedger ledger, int lastSegment)
    {
        _services = services;
        _outlets = outlets;
        Ledger = ledger;
        _relayed = ledger.Highest;
        _track = new SpeechTrack(lastSegment);
        _ear = new Ear(services.Engines, services.Time, this);
        _book = new SegmentBook(services.Call, services.Transcripts, services.Time, Recorded, services.Logger);
        _lanes = new SpeakerLanes(new LaneServices(services.Engines, outlets, services.Time, services.VoiceFor, _book.AddTranslation));
    }

    /// <summary>Something about the marks changed that the sender should hear of; the number is where to send again from, if any.</summary>
    public event Action<long?>? MarksChanged;

    public FrameLedger Ledger { get; }

    public Marks Marks => new(Ledger.Recorded, Ledger.Recorded);

    public string Name { get; set; } = "";

    public int LastSegment => _track.LastSegment;

    public ParticipantFigures Figures =>
        new(Ledger.Figures, _track.LastSegment, [.. _lanes.Languages], _lanes.Use.Translations, _lanes.Use.Syntheses);

    /// <summary>The language spoken from now on. False: nobody can recognize it.</summary>
    public bool Speak(Language language)
    {
        _language = language;
        _canBeRecognized = _ear.Listen(language);
        if (!_canBeRecognized)
            _outlets.SendToSpeaker(new NoticeDelivery(language, NoticeKind.NoRecognizer, ToSpeaker: true));
        return _canBeRecognized;
    }

    /// <summary>Lets those who hear the original hear a frame, once, whether or not a recognizer can keep up.</summary>
    public void Relay(SpokenFrame frame)
    {
        if (frame.Number <= _relayed)
            return;
        _relayed = frame.Number;
        _outlets.SendOriginal(new OriginalDelivery(_language, frame.Number, frame.MediaTime, frame.Audio));
    }

    /// <summary>Takes what follows <see cref="FrameLedger.Next"/>. False: not now, send it again a little later.</summary>
    public bool TryTake(Spoken spoken)
    {
        if (spoken is SpokenText text)
        {
            TakeText(text);
            return true;
        }

        return TryTakeFrame((SpokenFrame)spoken);
    }

    void IHearing.Hear(RecognizerEvent happened, TimeSpan offset, Language language)
    {
        var until = offset + happened.Until;
        switch (happened)
        {
            case SilenceHeard:
                Ledger.SettleSilence(until);
                break;
            case SpeechStarted:
                Ledger.SettleSilence(until);
                _track.Begin(until, language);
                _revision = 0;
                break;
            case InterimWords interim:
                _track.Revise(interim.Words);
                if (_track.Open is { } open)
                    _outlets.SendOriginalCaption(Caption(open, isFinal: false, null));
                return;
            case FinalWords final:
                Admit(final, offset);
                return;
            case TurnEnded:
                End(until);
                break;
        }

        MarksChanged?.Invoke(null);
    }

    void IHearing.Lose(Language language)
    {
        // Admitted words stand, and their audio is done; what comes after them is heard again.
        if (_track.End() is { } open)
        {
            if (open.Admitted.Length > 0)
                Close(open, open.AdmittedUntil);
            else
                _outlets.SendOriginalCaption(Caption(open, isFinal: true, null));
        }

        var from = Ledger.Rewind();
        _outlets.SendToSpeaker(new NoticeDelivery(language, NoticeKind.RecognizerFailed, ToSpeaker: true));
        MarksChanged?.Invoke(from);
    }

    /// <summary>Finishes everything that was said: last words, translations, speech, transcript.</summary>
    public async Task Finish(TimeSpan limit)
    {
        var started = _services.Time.GetTimestamp();
        try
        {
            await _ear.Finish().WaitAsync(limit, _services.Time);
        }
        catch (TimeoutException)
        {
            // The recognizer hangs: what it did not finish stays unrecorded, and its frames unacknowledged.
        }

        while (!(_lanes.IsIdle && _book.IsEmpty) && _services.Time.GetElapsedTime(started) < limit)
            await Task.Delay(TimeSpan.FromMilliseconds(20), _services.Time);
        await _outlets.Drain(limit);
    }

    public async ValueTask DisposeAsync()
    {
        await _ear.DisposeAsync();
        await _lanes.DisposeAsync();
        await _book.DisposeAsync();
    }

    bool TryTakeFrame(SpokenFrame frame)
    {
        var start = _ear.Position;
        if (_canBeRecognized && !_ear.TryHear(frame.Audio))
            return false;
        if (_canBeRecognized)
        {
            Ledger.TakeAudio(frame.Number, start, _ear.Position, _services.Time.GetTimestamp());
        }
        else
        {
            Ledger.TakeUnrecognizable(frame.Number);
            MarksChanged?.Invoke(null);
        }

        CallMeters.Frame(_canBeRecognized ? "heard" : "unrecognizable");

        return true;
    }

    void TakeText(SpokenText typed)
    {
        if (typed.Text.Length == 0)
        {
            Ledger.TakeSilence(typed.Number);
            MarksChanged?.Invoke(null);
            return;
        }

        var segment = _track.NextSegment();
        Ledger.TakeText(typed.Number, segment);
        var now = _services.Time.GetTimestamp();
        _outlets.SendOriginalCaption(new CaptionDelivery(
            _language, segment, 1, _language, typed.Text, "", true, TranslationQuality.Original, SegmentOrigin.Typed, StageLatency.None));
        var clock = new SentenceClock(null, now, _services.Time);
        var sentences = SentenceCutter.All(typed.Text);
        // A text of very many sentences goes in groups, so that it does not fill the lanes.
        if (sentences.Count > MostPieces)
            sentences = [.. sentences.Chunk((sentences.Count + MostPieces - 1) / MostPieces).Select(static group => string.Join(' ', group))];
        IReadOnlyList<Language> languages = [];
        for (var i = 0; i < sentences.Count; i++)
            languages = _lanes.Take(new Sentence(segment, _language, sentences[i], i == sentences.Count - 1, SegmentOrigin.Typed, clock));
        _book.Add(Record(segment, _language, typed.Text, SegmentOrigin.Typed, TimeSpan.Zero, 1), languages);
    }

    void Admit(FinalWords final, TimeSpan offset)
    {
        if (final.Words.IsEmpty || !_track.Admit(final.Words, offset + final.Words[^1].End))
            return;
        var open = _track.Open!;
        var clock = ClockOf(open);
        if (clock.Recognized is { } recognized)
            CallMeters.Stage("recognize", recognized);
        _outlets.SendOriginalCaption(Caption(open, isFinal: false, clock.Recognized));
        if (open.TakeSentences() is { Length: > 0 } sentences)
            GiveToLanes(open, sentences, isLast: false, clock);
    }

    void End(TimeSpan until)
    {
        if (_track.End() is not { } ended)
            return;
        if (ended.Admitted.Length > 0)
        {
            Close(ended, until);
            return;
        }

        Ledger.Sort(ended.Number, until);
        Ledger.SettleUnrecognized(ended.Number);
        CallMeters.Segment("unrecognized");
        _outlets.SendOriginalCaption(Caption(ended, isFinal: true, null));
        _outlets.SendToSpeaker(new NoticeDelivery(ended.Language, NoticeKind.NotUnderstood, ToSpeaker: true));
    }

    void Close(OpenSegment ended, TimeSpan until)
    {
        var clock = ClockOf(ended);
        CallMeters.Segment("recognized");
        _outlets.SendOriginalCaption(Caption(ended, isFinal: true, clock.Recognized));
        var languages = GiveToLanes(ended, ended.Unsent, isLast: true, clock);
        var frames = Ledger.Sort(ended.Number, until);
        _book.Add(Record(ended.Number, ended.Language, ended.Admitted, SegmentOrigin.Spoken, until - ended.Start, frames), languages);
    }

    IReadOnlyList<Language> GiveToLanes(OpenSegment segment, string text, bool isLast, SentenceClock clock) =>
        _lanes.Take(new Sentence(segment.Number, segment.Language, text, isLast, SegmentOrigin.Spoken, clock));

    SentenceClock ClockOf(OpenSegment segment) =>
        new(Ledger.ArrivalOf(segment.AdmittedUntil), _services.Time.GetTimestamp(), _services.Time);

    CaptionDelivery Caption(OpenSegment segment, bool isFinal, TimeSpan? recognized) => new(
        segment.Language,
        segment.Number,
        ++_revision,
        segment.Language,
        segment.Admitted,
        isFinal ? "" : segment.Tail,
        isFinal,
        TranslationQuality.Original,
        SegmentOrigin.Spoken,
        new StageLatency(recognized, null, null));

    RecordedSegment Record(int number, Language language, string text, SegmentOrigin origin, TimeSpan duration, int frames) =>
        new(_services.Participant, Name, number, language, text, origin, _services.Time.GetUtcNow() - duration, duration, frames, []);

    void Recorded(int segment)
    {
        Ledger.SettleRecognized(segment);
        MarksChanged?.Invoke(null);
    }
}
