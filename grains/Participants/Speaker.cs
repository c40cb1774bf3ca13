using System.Collections.Immutable;
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
    readonly SpeakerSegments _segments;
    readonly SpeechRefill _refill;
    readonly SpeakerReport _report;
    readonly PauseWatch _pauses = new();
    Language _language;
    bool _canBeRecognized;
    bool _isHandingOver;
    long _relayed;
    long? _heardAt;
    long? _rewoundAfter;

    public Speaker(SpeakerServices services, Outlets outlets, FrameLedger ledger, int lastSegment)
    {
        _services = services;
        _outlets = outlets;
        Ledger = ledger;
        _relayed = ledger.Next - 1;
        Commits = new Commits(Snapshot, services.Time);
        _ear = new Ear(services.Engines, services.Time, this, services.Terms);
        _segments = new SpeakerSegments(services, outlets, ledger, Commits, lastSegment);
        _segments.WordsWanted += _ear.AskForWords;
        _refill = new SpeechRefill(_segments.LaneServices);
        _report = new SpeakerReport(services, outlets, ledger, Commits, _ear, _segments);
    }

    public FrameLedger Ledger { get; }

    /// <summary>What gateways keep of this speaker.</summary>
    public Commits Commits { get; }

    public RecentSegments Recent => _segments.Recent;

    /// <summary>As far as a gateway keeps what was said.</summary>
    public Marks Marks => Commits.Kept?.Marks ?? new Marks(Ledger.Recorded, Ledger.Recorded);

    /// <summary>Whether nobody speaks here, nor a synthesizer for them.</summary>
    public bool IsAtRest => _segments.Open is null && _segments.IsIdle;

    public string Name
    {
        get => _segments.Name;
        set => _segments.Name = value;
    }

    public int LastSegment => _segments.LastSegment;

    /// <summary>The transcript holds another text for a segment of ours: another activation is ahead of this one.</summary>
    public event Action? Outrun
    {
        add => _segments.Outrun += value;
        remove => _segments.Outrun -= value;
    }

    public ParticipantFigures Figures => _report.Figures;

    /// <summary>Of the lane that is furthest behind.</summary>
    public TimeSpan Lag => _report.Lag;

    /// <summary>This speaker as an operator sees them.</summary>
    /// <param name="fence">Of their connection.</param>
    /// <param name="heard">How long ago their gateway called.</param>
    public ParticipantDetails Describe(Fence? fence, TimeSpan heard) => _report.Describe(_language, Marks, fence, heard);

    /// <summary>The language spoken from now on. False: nobody can recognize it.</summary>
    public bool Speak(Language language)
    {
        _language = language;
        return _canBeRecognized = _ear.Listen(language);
    }

    /// <summary>Takes up what another activation had committed: finishes what it began, and goes on with what was being said. Before anything is taken.</summary>
    public void Restore(Checkpoint checkpoint, Fence fence)
    {
        Commits.Continue(checkpoint);
        _segments.Restore(checkpoint, fence);
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
        switch (spoken)
        {
            case SpokenText { Text.Length: 0 } nothing:
                Ledger.TakeSilence(nothing.Number);
                Commits.Note();
                return true;
            case SpokenText text:
                _segments.TakeText(text, _language);
                return true;
            default:
                return TryTakeFrame((SpokenFrame)spoken);
        }
    }

    /// <summary>Their own loudspeaker says this: their microphone may repeat it.</summary>
    public void Play(ImmutableArray<PlayedClause> clauses)
    {
        // Without a microphone there is no echo, and no clock to tell when. A gateway of an earlier version tells nothing.
        if (clauses.IsDefaultOrEmpty || _heardAt is not { } heard || _services.Time.GetElapsedTime(heard) > MutedAfter)
            return;
        foreach (var clause in clauses)
            _segments.Play(clause, _ear.Position);
    }

    /// <summary>Ends what was being said when no audio comes any more. To be called now and then.</summary>
    public void EndIfMuted()
    {
        if (_segments.Open is not { } open || _isHandingOver)
            return;
        _heardAt ??= _services.Time.GetTimestamp();
        if (_services.Time.GetElapsedTime(_heardAt.Value) < MutedAfter)
            return;
        _heardAt = _services.Time.GetTimestamp();
        if (open.IsContinued)
            _segments.End(_ear.Position);
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
                _segments.Admit(last with { Words = [.. last.Words.TakeWhile(word => offset + word.End <= _ear.Position - WordMargin)] }, offset);
            return;
        }

        switch (happened)
        {
            case SilenceHeard:
                _segments.HearSilence(until);
                break;
            case SpeechStarted:
                Ledger.SettleSilence(until);
                _segments.Begin(until, language);
                break;
            case InterimWords interim:
                _segments.Revise(interim, offset);
                return;
            case FinalWords final:
                _segments.Admit(final, offset);
                return;
            case TurnEnded:
                _segments.End(until);
                break;
        }

        Commits.Note();
    }

    void IHearing.Lose(Language language)
    {
        // Admitted words stand, and their audio is done; what comes after them is heard again.
        _segments.Lose(_ear.Position);
        if (Ledger.Rewind() is not null)
            _rewoundAfter = Commits.Version;
        _outlets.SendToSpeaker(new NoticeDelivery(language, NoticeKind.RecognizerFailed, ToSpeaker: true));
        Commits.Changed();
    }

    void IHearing.Wait(Language language) => _outlets.SendToSpeaker(new NoticeDelivery(language, NoticeKind.RecognizerFailed, ToSpeaker: true));

    /// <summary>Has spoken anew what only the text is left of, if anything, then goes on.</summary>
    public void Refill(MissedSpeech missed, Action then) => _refill.Begin(missed, Recent.All, then);

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
        if (_isHandingOver)
            _segments.Cut();
        else if (_segments.Open is { IsContinued: true })
            _segments.End(_ear.Position);

        while (!(_segments.IsIdle && _segments.IsRecorded && Commits.IsEmpty) && _services.Time.GetElapsedTime(started) < limit)
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
            await _ear.FinishNow().WaitAsync(_segments.Open is null ? TimeSpan.Zero : words, _services.Time);
        }
        catch (TimeoutException)
        {
            // What has no final words is heard by the next activation.
        }

        var started = _services.Time.GetTimestamp();
        while (!_segments.IsTranslated && _services.Time.GetElapsedTime(started) < translations)
            await Task.Delay(Pause, _services.Time);
        var isKept = await Commits.Flush(deliveries);
        await _outlets.Drain(deliveries);
        return isKept;
    }

    public async ValueTask DisposeAsync()
    {
        await _refill.DisposeAsync();
        await _ear.DisposeAsync();
        await _segments.DisposeAsync();
        await Commits.DisposeAsync();
    }

    bool TryTakeFrame(SpokenFrame frame)
    {
        var start = _ear.Position;
        if (_canBeRecognized && !_ear.TryHear(frame.Audio))
            return false;
        _heardAt = _services.Time.GetTimestamp();
        if (_canBeRecognized && _pauses.Take(frame.Audio.Span, _ear.Position))
            _segments.HearPause(_pauses.SilentSince, _ear.Position);
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

    CommitRequest Snapshot(long version)
    {
        var ledger = Ledger.Checkpoint();
        var checkpoint = new Checkpoint(
            version,
            Ledger.ResumeFrom,
            LastSegment,
            ledger with { Repeats = ledger.Repeats + _segments.Use.Repeats },
            Recent.Checkpoint());
        // Asked for until a gateway that keeps a later checkpoint has heard it.
        if (Commits.Kept?.Version > _rewoundAfter)
            _rewoundAfter = null;
        return new CommitRequest(_services.Participant, default, checkpoint, Ledger.Next - 1, IsRewound: _rewoundAfter is not null);
    }
}
