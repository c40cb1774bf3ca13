using VoiceGrains.Calls;
using VoiceGrains.Checkpoints;
using VoiceGrains.Deliveries;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;
using VoiceGrains.Media;
using VoiceGrains.Recognition;

namespace VoiceGrains.Participants;

/// <summary>What one participant says, on its way from numbered frames to captions, lanes and the transcript. Runs in the turns of the participant.</summary>
sealed class Speaker : IHearing, IAsyncDisposable
{
    // A word that ends this close to the end of the audio may be cut off.
    static readonly TimeSpan WordMargin = TimeSpan.FromMilliseconds(150);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    // Who sends nothing for this long has muted in mid-sentence.
    static readonly TimeSpan MutedAfter = TimeSpan.FromSeconds(2);

    readonly SpeakerServices _services;
    readonly Outlets _outlets;
    readonly Ear _ear;
    readonly SpeechTrack _track;
    readonly SpeakerLanes _lanes;
    readonly SpeechRefill _refill;
    readonly SegmentBook _book;
    readonly RecentSegments _recent;
    readonly CancellationTokenSource _closing = new();
    readonly List<Task> _refilling = [];
    Language _language;
    bool _canBeRecognized;
    bool _isHandingOver;
    int _restoredThrough;
    int _revision;
    long _relayed;
    long? _heardAt;
    long? _rewoundAfter;

    public Speaker(SpeakerServices services, Outlets outlets, FrameLedger ledger, int lastSegment)
    {
        _services = services;
        _outlets = outlets;
        Ledger = ledger;
        _relayed = ledger.Next - 1;
        _track = new SpeechTrack(lastSegment);
        _recent = new RecentSegments(services.Time);
        Commits = new Commits(Snapshot, services.Time);
        _ear = new Ear(services.Engines, services.Time, this);
        _book = new SegmentBook(services.Call, services.Transcripts, services.Time, Recorded, services.Logger);
        _book.Outrun += HearOfAnotherText;
        var lanes = new LaneServices(services.Engines, outlets, Commits, _recent, services.Time, services.VoiceFor, Translated);
        (_lanes, _refill) = (new SpeakerLanes(lanes), new SpeechRefill(lanes));
    }

    public FrameLedger Ledger { get; }

    /// <summary>What gateways keep of this speaker.</summary>
    public Commits Commits { get; }

    public RecentSegments Recent => _recent;

    /// <summary>As far as a gateway keeps what was said.</summary>
    public Marks Marks => Commits.Kept?.Marks ?? new Marks(Ledger.Recorded, Ledger.Recorded);

    /// <summary>Whether nobody speaks here, nor a synthesizer for them.</summary>
    public bool IsAtRest => _track.Open is null && _lanes.IsIdle;

    public string Name { get; set; } = "";

    public int LastSegment => _track.LastSegment;

    /// <summary>The transcript holds another text for a segment of ours: another activation is ahead of this one.</summary>
    public event Action? Outrun;

    public ParticipantFigures Figures => new(
        _services.Silo,
        Ledger.Figures with { Repeats = Ledger.Figures.Repeats + _lanes.Use.Repeats },
        _track.LastSegment,
        [.. _lanes.Languages],
        _lanes.Use.Translations,
        _lanes.Use.Syntheses);

    /// <summary>The language spoken from now on. False: nobody can recognize it.</summary>
    public bool Speak(Language language)
    {
        _language = language;
        _canBeRecognized = _ear.Listen(language);
        if (!_canBeRecognized)
            _outlets.SendToSpeaker(new NoticeDelivery(language, NoticeKind.NoRecognizer, ToSpeaker: true));
        return _canBeRecognized;
    }

    /// <summary>Takes up what another activation had committed: finishes what it began, and goes on with what was being said. Before anything is taken.</summary>
    public void Restore(Checkpoint checkpoint, Fence fence)
    {
        _restoredThrough = checkpoint.LastSegment;
        Commits.Continue(checkpoint);
        _recent.Restore(checkpoint, fence);
        foreach (var segment in _recent.All)
            Restore(segment);
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

    /// <summary>Ends what was being said when no audio comes any more. To be called now and then.</summary>
    public void EndIfMuted()
    {
        if (_track.Open is not { } open || _isHandingOver)
            return;
        _heardAt ??= _services.Time.GetTimestamp();
        if (_services.Time.GetElapsedTime(_heardAt.Value) < MutedAfter)
            return;
        _heardAt = _services.Time.GetTimestamp();
        if (open.IsContinued)
            End(_ear.Position);
        else
            _ear.Pause();
    }

    void IHearing.Hear(RecognizerEvent happened, TimeSpan offset, Language language)
    {
        var until = offset + happened.Until;
        if (_isHandingOver)
        {
            // The next activation hears what has no final words yet.
            if (happened is FinalWords last)
                Admit(last with { Words = [.. last.Words.TakeWhile(word => offset + word.End <= _ear.Position - WordMargin)] }, offset);
            return;
        }

        switch (happened)
        {
            case SilenceHeard:
                HearSilence(until);
                break;
            case SpeechStarted:
                Ledger.SettleSilence(until);
                Begin(until, language);
                break;
            case InterimWords interim:
                _track.Revise(interim.Words);
                if (_track.Open is { } open)
                    SendCaption(open, isFinal: false, null);
                return;
            case FinalWords final:
                Admit(final, offset);
                return;
            case TurnEnded:
                End(until);
                break;
        }

        Commits.Note();
    }

    void IHearing.Lose(Language language)
    {
        // Admitted words stand, and their audio is done; what comes after them is heard again.
        if (_track.End() is { } open)
            Cut(open);

        if (Ledger.Rewind() is not null)
            _rewoundAfter = Commits.Version;
        _outlets.SendToSpeaker(new NoticeDelivery(language, NoticeKind.RecognizerFailed, ToSpeaker: true));
        Commits.Changed();
    }

    /// <summary>Has spoken anew what only the text is left of, if anything, then goes on.</summary>
    public void Refill(MissedSpeech missed, Action then)
    {
        var silent = missed.Silent(_recent.All);
        if (silent.Count == 0)
        {
            then();
            return;
        }

        _refilling.RemoveAll(static task => task.IsCompleted);
        _refilling.Add(RefillAll());

        async Task RefillAll()
        {
            foreach (var (segment, clauses) in silent)
                await _refill.Fill(missed.Language, segment, clauses, _closing.Token);
            if (!_closing.IsCancellationRequested)
                then();
        }
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

        // Nobody goes on with it: admitted words stand. Or an activation before this one had it open, and nobody has spoken since.
        if (_isHandingOver && _track.End() is { } open)
            Cut(open);
        else if (_track.Open is { IsContinued: true })
            End(_ear.Position);

        while (!(_lanes.IsIdle && _book.IsEmpty && Commits.IsEmpty) && _services.Time.GetElapsedTime(started) < limit)
            await Task.Delay(Pause, _services.Time);
        await _outlets.Drain(limit);
    }

    /// <summary>Makes the most of what was heard in a moment, and commits it: another activation goes on. Takes about as long as the recognizer's last words.</summary>
    /// <param name="words">How long to wait for the recognizer.</param>
    /// <param name="translations">How long to wait for translations.</param>
    /// <param name="deliveries">How long to wait for gateways.</param>
    /// <returns>False: nobody keeps it, so it must be finished here.</returns>
    public async Task<bool> HandOver(TimeSpan words, TimeSpan translations, TimeSpan deliveries)
    {
        _isHandingOver = true;
        try
        {
            // In a pause there are no last words to wait for.
            await _ear.FinishNow().WaitAsync(_track.Open is null ? TimeSpan.Zero : words, _services.Time);
        }
        catch (TimeoutException)
        {
            // What has no final words is heard by the next activation.
        }

        var started = _services.Time.GetTimestamp();
        while (!_lanes.IsTranslated && _services.Time.GetElapsedTime(started) < translations)
            await Task.Delay(Pause, _services.Time);
        var isKept = await Commits.Flush(deliveries);
        await _outlets.Drain(deliveries);
        return isKept;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Task.WhenAll(_refilling);
        await _ear.DisposeAsync();
        await _lanes.DisposeAsync();
        await _book.DisposeAsync();
        await Commits.DisposeAsync();
    }

    void Restore(RecentSegment segment)
    {
        SendOriginalCaption(segment, _recent.FirstRevision + 1);
        if (segment.EndedAt is null)
            _track.Continue(OpenSegment.From(segment.Number, segment.Language, segment.Text, segment.Unsent, segment.Duration));
        _revision = _recent.FirstRevision + 1;
        if (segment is { EndedAt: not null, IsRecorded: false })
            Book(segment);
        _lanes.Restore(segment);
    }

    void HearSilence(TimeSpan until)
    {
        Ledger.SettleSilence(until);
        if (_track.Open is { IsContinued: true } open && open.IsOverBy(until))
            End(until);
    }

    void Begin(TimeSpan at, Language language)
    {
        if (_track.Open is { IsContinued: true } open && open.Language == language && !open.IsOverBy(at))
        {
            open.IsContinued = false;
            return;
        }

        End(at);
        var begun = _track.Begin(at, language);
        _recent.Add(begun.Number, language, SegmentOrigin.Spoken);
        _revision = _recent.FirstRevision;
    }

    bool TryTakeFrame(SpokenFrame frame)
    {
        var start = _ear.Position;
        if (_canBeRecognized && !_ear.TryHear(frame.Audio))
            return false;
        _heardAt = _services.Time.GetTimestamp();
        if (_canBeRecognized)
        {
            Ledger.TakeAudio(frame.Number, start, _ear.Position, _services.Time.GetTimestamp());
        }
        else
        {
            Ledger.TakeUnrecognizable(frame.Number);
            Commits.Note();
        }

        CallMeters.Frame(_canBeRecognized ? "heard" : "unrecognizable");

        return true;
    }

    void TakeText(SpokenText typed)
    {
        if (typed.Text.Length == 0)
        {
            Ledger.TakeSilence(typed.Number);
            Commits.Note();
            return;
        }

        var number = _track.NextSegment();
        Ledger.TakeText(typed.Number, number);
        var now = _services.Time.GetUtcNow();
        var segment = _recent.Add(number, _language, SegmentOrigin.Typed);
        (segment.StartedAt, segment.EndedAt) = (now, now);
        var sentences = TypedText.Sentences(typed.Text);
        segment.Sentences.AddRange(sentences);
        Commits.Changed();
        SendOriginalCaption(segment, _recent.FirstRevision + 1);
        _lanes.Take(segment, sentences, isLast: true, new SentenceClock(null, _services.Time.GetTimestamp(), _services.Time));
        Book(segment);
    }

    void Admit(FinalWords final, TimeSpan offset)
    {
        if (final.Words.IsEmpty || !_track.Admit(final.Words, offset + final.Words[^1].End))
            return;
        var open = _track.Open!;
        var clock = ClockOf(open);
        if (clock.Recognized is { } recognized)
            CallMeters.Stage("recognize", recognized);
        var segment = _recent.Find(open.Number)!;
        Ledger.Admit(open.Number, open.AdmittedUntil);
        var sentences = open.TakeSentences();
        Keep(segment, open, sentences, open.AdmittedUntil);
        Commits.Changed();
        SendCaption(open, isFinal: false, clock.Recognized);
        if (sentences.Length > 0)
            _lanes.Take(segment, [sentences], isLast: false, clock);
    }

    void End(TimeSpan until)
    {
        if (_track.End() is not { } ended)
            return;
        Ledger.Close(ended.Number, until);
        if (ended.Admitted.Length > 0)
        {
            Finish(ended, until);
            return;
        }

        Ledger.SettleUnrecognized(ended.Number);
        CallMeters.Segment("unrecognized");
        Drop(ended);
        _outlets.SendToSpeaker(new NoticeDelivery(ended.Language, NoticeKind.NotUnderstood, ToSpeaker: true));
    }

    void Cut(OpenSegment open)
    {
        if (open.Admitted.Length > 0)
            Finish(open, open.AdmittedUntil);
        else
            Drop(open);
    }

    // Nothing of it is kept but that it is over, so that its caption goes away everywhere.
    void Drop(OpenSegment ended)
    {
        var segment = _recent.Find(ended.Number)!;
        (segment.EndedAt, segment.IsRecorded) = (_services.Time.GetUtcNow(), true);
        Commits.Changed();
        SendCaption(ended, isFinal: true, null);
    }

    void Finish(OpenSegment ended, TimeSpan until)
    {
        var clock = ClockOf(ended);
        CallMeters.Segment("recognized");
        Ledger.Admit(ended.Number, until);
        var segment = _recent.Find(ended.Number)!;
        var rest = ended.Unsent;
        Keep(segment, ended, rest, until);
        (segment.Unsent, segment.EndedAt) = ("", _services.Time.GetUtcNow());
        Commits.Changed();
        SendCaption(ended, isFinal: true, clock.Recognized);
        _lanes.Take(segment, rest.Length > 0 ? [rest] : [], isLast: true, clock);
        Book(segment);
    }

    void Keep(RecentSegment segment, OpenSegment open, string sentences, TimeSpan until)
    {
        if (sentences.Length > 0)
            segment.Sentences.Add(sentences);
        segment.Unsent = open.Unsent;
        segment.Duration = open.DurationBefore + until - open.Start;
        segment.StartedAt = segment.StartedAt == default ? _services.Time.GetUtcNow() - segment.Duration : segment.StartedAt;
    }

    SentenceClock ClockOf(OpenSegment segment) =>
        new(Ledger.ArrivalOf(segment.AdmittedUntil), _services.Time.GetTimestamp(), _services.Time);

    void SendCaption(OpenSegment segment, bool isFinal, TimeSpan? recognized) => Send(
        new CaptionDelivery(
            segment.Language,
            segment.Number,
            ++_revision,
            segment.Language,
            segment.Admitted,
            isFinal ? "" : segment.Tail,
            isFinal,
            TranslationQuality.Original,
            SegmentOrigin.Spoken,
            new StageLatency(recognized, null, null)));

    void SendOriginalCaption(RecentSegment segment, int revision) => Send(new CaptionDelivery(
        segment.Language,
        segment.Number,
        revision,
        segment.Language,
        segment.Text,
        "",
        segment.EndedAt is not null,
        TranslationQuality.Original,
        segment.Origin,
        StageLatency.None));

    void Send(CaptionDelivery caption)
    {
        if (_recent.Find(caption.Segment) is { } segment)
            segment.Caption = caption;
        Commits.Deliver(() => _outlets.SendOriginalCaption(caption));
    }

    CommitRequest Snapshot(long version)
    {
        var ledger = Ledger.Checkpoint();
        var checkpoint = new Checkpoint(
            version,
            Ledger.ResumeFrom,
            _track.LastSegment,
            ledger with { Repeats = ledger.Repeats + _lanes.Use.Repeats },
            _recent.Checkpoint());
        // Asked for until a gateway that keeps a later checkpoint has heard it.
        if (Commits.Kept?.Version > _rewoundAfter)
            _rewoundAfter = null;
        return new CommitRequest(_services.Participant, default, checkpoint, Ledger.Next - 1, IsRewound: _rewoundAfter is not null);
    }

    // What an activation ended that was replaced meanwhile is not kept by its gateway, and must not stand in the transcript before the words of the one that goes on.
    void Book(RecentSegment segment) => Commits.Deliver(() => _book.Add(Record(segment), segment.Lanes.Keys));

    RecordedSegment Record(RecentSegment segment) => new(
        _services.Participant,
        Name,
        segment.Number,
        segment.Language,
        segment.Text,
        segment.Origin,
        segment.StartedAt,
        segment.Duration,
        Ledger.FramesOf(segment.Number),
        []);

    void HearOfAnotherText(int segment)
    {
        // A segment of the checkpoint would be found so by every activation that comes after this one: the stored text counts, and this one goes on.
        if (segment > _restoredThrough)
            Outrun?.Invoke();
    }

    void Translated(int segment, RecordedTranslation translation)
    {
        // A lane may only have to speak what another activation had recorded.
        if (_recent.Find(segment) is not { IsRecorded: true })
            _book.AddTranslation(segment, translation);
    }

    void Recorded(int segment)
    {
        Ledger.SettleRecognized(segment);
        if (_recent.Find(segment) is { } recent)
            recent.IsRecorded = true;
        Commits.Note();
    }
}
