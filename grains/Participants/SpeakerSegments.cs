using System.Collections.Immutable;
using VoiceGrains.Calls;
using VoiceGrains.Checkpoints;
using VoiceGrains.Context;
using VoiceGrains.Deliveries;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;
using VoiceGrains.Media;
using VoiceGrains.Recognition;

namespace VoiceGrains.Participants;

/// <summary>The segments of one speaker, from their first word to captions, lanes and the transcript. Runs in the turns of the participant.</summary>
sealed class SpeakerSegments : IAsyncDisposable
{
    readonly SpeakerServices _services;
    readonly Outlets _outlets;
    readonly FrameLedger _ledger;
    readonly Commits _commits;
    readonly RecentSegments _recent;
    readonly SpeechTrack _track;
    readonly SpeakerLanes _lanes;
    readonly SegmentRecording _recording;
    readonly CallDialogue _dialogue;
    readonly OriginalCaptions _captions;
    readonly OwnWords _ownWords = new();
    readonly WordsOnRequest _onRequest;
    long _echoesBefore;

    public SpeakerSegments(SpeakerServices services, Outlets outlets, FrameLedger ledger, Commits commits, int lastSegment)
    {
        (_services, _outlets, _ledger, _commits) = (services, outlets, ledger, commits);
        _track = new SpeechTrack(lastSegment, () => services.Terms.Interpreting.Admission);
        _recent = new RecentSegments(services.Time);
        _captions = new OriginalCaptions(outlets, commits, _recent);
        _recording = new SegmentRecording(services, ledger, commits, _recent);
        _dialogue = new CallDialogue(services.Call, services.Participant, services.Transcripts, _recent, services.Time);
        var context = new TranslationContext(services.Terms, _dialogue);
        LaneServices = new LaneServices(services.Engines, outlets, commits, _recent, context, services.Time, services.VoiceFor, _recording.AddTranslation);
        _lanes = new SpeakerLanes(LaneServices);
        _onRequest = new WordsOnRequest(_lanes, services.Terms.Interpreting.Admission, services.Time);
    }

    /// <summary>The transcript holds another text for a segment of ours: another activation is ahead of this one.</summary>
    public event Action? Outrun
    {
        add => _recording.Outrun += value;
        remove => _recording.Outrun -= value;
    }

    /// <summary>Final words would help lanes now, though the speaker goes on.</summary>
    public event Action? WordsWanted
    {
        add => _onRequest.Wanted += value;
        remove => _onRequest.Wanted -= value;
    }

    public LaneServices LaneServices { get; }

    public RecentSegments Recent => _recent;

    /// <summary>The segment that is being spoken; null in silence.</summary>
    public OpenSegment? Open => _track.Open;

    public int LastSegment => _track.LastSegment;

    public IReadOnlyCollection<Language> Languages => _lanes.Languages;

    public EngineUse Use => _lanes.Use;

    /// <summary>How often final words were others than those that lanes could rely on before.</summary>
    public long Corrected { get; private set; }

    /// <summary>Recognized words that were only an echo of what was played.</summary>
    public long Echoes => _ownWords.Dropped;

    public SpeakerLanes Lanes => _lanes;

    /// <summary>Of the speaker, for the transcript.</summary>
    public string Name
    {
        get => _recording.Name;
        set => _recording.Name = value;
    }

    /// <summary>Whether no translation and no speech is on its way.</summary>
    public bool IsIdle => _lanes.IsIdle;

    /// <summary>Whether every sentence is translated; speech may still be on its way.</summary>
    public bool IsTranslated => _lanes.IsTranslated;

    /// <summary>Whether every segment that ended is in the transcript.</summary>
    public bool IsRecorded => _recording.IsDone;

    /// <summary>Takes up what another activation had committed: finishes what it began, and goes on with what was being said.</summary>
    public void Restore(Checkpoint checkpoint, Fence fence)
    {
        _recording.RestoredThrough = checkpoint.LastSegment;
        _recent.Restore(checkpoint, fence);
        foreach (var segment in _recent.All)
            Restore(segment);
    }

    /// <summary>The speaker's own loudspeaker says this, on the clock of their audio.</summary>
    public void Play(PlayedClause clause, TimeSpan now) => _ownWords.Play(clause, now);

    /// <summary>Nobody spoke up to the position.</summary>
    public void HearSilence(TimeSpan until)
    {
        _ledger.SettleSilence(until);
        if (_track.Open is { IsContinued: true } open && open.IsOverBy(until, IsTranslatedAhead(open)))
            End(until, _ledger.Admit);
    }

    /// <summary>Somebody begins to speak.</summary>
    public void Begin(TimeSpan at, Language language)
    {
        if (_track.Open is { IsContinued: true } open && open.Language == language && !open.IsOverBy(at, IsTranslatedAhead(open)))
        {
            open.IsContinued = false;
            return;
        }

        End(at, _ledger.Admit);
        var begun = _track.Begin(at, language);
        _dialogue.Look(isTranslated: _outlets.LanguagesBeside(language).Any());
        _recent.Add(begun.Number, language, SegmentOrigin.Spoken);
        _captions.Begin();
        _echoesBefore = Echoes;
    }

    /// <summary>The words after the final ones look like this now. Their positions begin at the offset.</summary>
    public void Revise(InterimWords interim, TimeSpan offset)
    {
        var before = _track.Open?.Tail;
        _track.Revise(_track.Open is { } heard ? _ownWords.Of(interim, offset, heard.Language) : interim, offset);
        if (_track.Open is not { } open)
            return;
        if (open.Tail != before)
            _captions.Show(open, isFinal: false, null);
        Show(open);
    }

    /// <summary>The speaker has been silent since a position, up to another, and the recognizer may not know it yet; or goes on.</summary>
    /// <param name="since">Null: they go on.</param>
    public void HearPause(TimeSpan? since, TimeSpan until)
    {
        if (_track.Open is not { } open)
            return;
        if (since is { } silent)
            open.Words.Pause(silent, until);
        else
            open.Words.Resume();
        Show(open);
        if (since is not null)
            _onRequest.Pause(open);
    }

    /// <summary>Admits words, whose positions begin at the offset.</summary>
    public void Admit(FinalWords final, TimeSpan offset)
    {
        _onRequest.Settle();
        if (_track.Open is { } heard)
            final = _ownWords.Of(final, offset, heard.Language);
        if (final.Words.IsEmpty || !_track.Admit(final, offset))
            return;
        var open = _track.Open!;
        var clock = ClockOf(open.AdmittedUntil);
        if (clock.Recognized is { } recognized)
            CallMeters.Stage("recognize", recognized);
        var segment = _recent.Find(open.Number)!;
        _ledger.Admit(open.Number, open.AdmittedUntil);
        var sentences = open.TakeSentences();
        Keep(segment, open, sentences, open.AdmittedUntil);
        _commits.Changed();
        _captions.Show(open, isFinal: false, clock.Recognized);
        if (sentences.Length > 0)
            _lanes.Take(segment, [sentences], isLast: false, clock);
        Show(open);
    }

    /// <summary>What was being said is over, and the pause that proved it ends at the position.</summary>
    public void End(TimeSpan until) => End(until, _ledger.Close);

    // Where a segment is ended by what follows it, the frame across its end belongs to that: it holds the beginning of the next word, and must come again if this is lost.
    void End(TimeSpan until, Action<int, TimeSpan> sort)
    {
        if (_track.End() is not { } ended)
            return;
        sort(ended.Number, until);
        _onRequest.Settle();
        if (ended.Admitted.Length > 0)
        {
            Finish(ended, until);
            return;
        }

        _ledger.SettleUnrecognized(ended.Number);
        CallMeters.Segment("unrecognized");
        Drop(ended);
        // Who only heard what was played to them has said nothing.
        if (Echoes == _echoesBefore)
            _outlets.SendToSpeaker(new NoticeDelivery(ended.Language, NoticeKind.NotUnderstood, ToSpeaker: true));
    }

    /// <summary>
    /// The recognizer was lost: what comes after the last admitted word is heard again, from a position on. The segment is over, unless words are translated already
    /// that were not admitted: those must be heard as words of this segment, or they would be translated again.
    /// </summary>
    public void Lose(TimeSpan at)
    {
        if (_track.Open is not { } open || _recent.Find(open.Number) is not { } segment || !segment.IsTranslatedAhead)
        {
            Cut();
            return;
        }

        _lanes.Lose(segment);
        Continue(segment, at);
    }

    /// <summary>What was being said is over with its last admitted word: nobody hears what comes after it.</summary>
    public void Cut()
    {
        if (_track.End() is not { } open)
            return;
        if (open.Admitted.Length > 0)
            Finish(open, open.AdmittedUntil);
        else
            Drop(open);
    }

    /// <summary>Takes a typed text, which makes up a segment by itself.</summary>
    public void TakeText(SpokenText typed, Language language)
    {
        var number = _track.NextSegment();
        _ledger.TakeText(typed.Number, number);
        var now = _services.Time.GetUtcNow();
        _dialogue.Look(isTranslated: _outlets.LanguagesBeside(language).Any());
        var segment = _recent.Add(number, language, SegmentOrigin.Typed);
        (segment.StartedAt, segment.EndedAt) = (now, now);
        var sentences = TypedText.Sentences(typed.Text);
        segment.Sentences.AddRange(sentences);
        _commits.Changed();
        _captions.Show(segment);
        _lanes.Take(segment, sentences, isLast: true, new SentenceClock(null, _services.Time.GetTimestamp(), _services.Time));
        _recording.Add(segment);
    }

    public async ValueTask DisposeAsync()
    {
        await _lanes.DisposeAsync();
        await _recording.DisposeAsync();
        await _dialogue.DisposeAsync();
    }

    void Restore(RecentSegment segment)
    {
        _captions.Show(segment);
        if (segment.EndedAt is null)
            Continue(segment, TimeSpan.Zero);
        _captions.Continue();
        if (segment is { EndedAt: not null, IsRecorded: false })
            _recording.Add(segment);
        _lanes.Restore(segment);
    }

    void Continue(RecentSegment segment, TimeSpan start) => _track.Continue(OpenSegment.From(
        segment.Number, segment.Language, segment.Text, segment.Unsent, segment.Duration, start, _services.Terms.Interpreting.Admission));

    // Nothing of it is kept but that it is over, so that its caption goes away everywhere.
    void Drop(OpenSegment ended)
    {
        var segment = _recent.Find(ended.Number)!;
        (segment.EndedAt, segment.IsRecorded) = (_services.Time.GetUtcNow(), true);
        _commits.Changed();
        _captions.Show(ended, isFinal: true, null);
        _lanes.Drop(segment, ClockOf(ended.AdmittedUntil));
    }

    void Show(OpenSegment open)
    {
        var source = open.Words.Source;
        var admitted = source.Admitted == 0 ? open.AdmittedUntil : source.Words[source.Admitted - 1].Word.End;
        _lanes.Hear(_recent.Find(open.Number)!, source, ClockOf(admitted > open.AdmittedUntil ? admitted : open.AdmittedUntil));
        _onRequest.See(open);
    }

    void Finish(OpenSegment ended, TimeSpan until)
    {
        var clock = ClockOf(ended.AdmittedUntil);
        CallMeters.Segment("recognized");
        Corrected += ended.Words.Contradictions;
        _ledger.Admit(ended.Number, until);
        var segment = _recent.Find(ended.Number)!;
        var rest = ended.Unsent;
        Keep(segment, ended, rest, until);
        (segment.Unsent, segment.EndedAt) = ("", _services.Time.GetUtcNow());
        _commits.Changed();
        _captions.Show(ended, isFinal: true, clock.Recognized);
        _lanes.Take(segment, rest.Length > 0 ? [rest] : [], isLast: true, clock);
        _recording.Add(segment);
    }

    void Keep(RecentSegment segment, OpenSegment open, string sentences, TimeSpan until)
    {
        if (sentences.Length > 0)
            segment.Sentences.Add(sentences);
        segment.Unsent = open.Unsent;
        segment.Duration = open.DurationBefore + until - open.Start;
        segment.StartedAt = segment.StartedAt == default ? _services.Time.GetUtcNow() - segment.Duration : segment.StartedAt;
    }

    bool IsTranslatedAhead(OpenSegment open) => _recent.Find(open.Number) is { IsTranslatedAhead: true };

    SentenceClock ClockOf(TimeSpan until) => new(_ledger.ArrivalOf(until), _services.Time.GetTimestamp(), _services.Time);
}
