using Orleans.Storage;
using VoiceGrains.Calls;
using VoiceGrains.Checkpoints;
using VoiceGrains.Context;
using VoiceGrains.Deliveries;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Operations;
using VoiceGrains.Transcripts;
using VoiceGrains.Voices;

namespace VoiceGrains.Participants;

/// <summary>Checks who may speak, and hands what is said to the <see cref="Speaker"/>.</summary>
[GrainType("participant")]
sealed class ParticipantGrain(
    [PersistentState("participant", "grains")] IPersistentState<ParticipantState> state,
    EngineSet engines,
    ITranscriptStore transcripts,
    ILocalSiloDetails silo,
    LocalParticipants local,
    LocalFigures figures,
    TimeProvider time,
    ILogger<ParticipantGrain> logger) : Grain, IParticipantGrain
{
    const int MostMissed = 50;
    static readonly TimeSpan FinishLimit = TimeSpan.FromSeconds(15);

    // A hand-over takes about as long as the recognizer's last words: listeners and the speaker wait for it.
    static readonly TimeSpan WordsLimit = TimeSpan.FromMilliseconds(400);
    static readonly TimeSpan TranslationsLimit = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan DeliveriesLimit = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan UnusedLimit = TimeSpan.FromSeconds(10);

    // A connection is heard each 2 s, also in silence.
    static readonly TimeSpan AbsentLimit = TimeSpan.FromSeconds(30);
    static readonly TimeSpan PauseLook = TimeSpan.FromMilliseconds(20);

    readonly ConnectionLease _lease = new();
    readonly CancellationTokenSource _ending = new();
    readonly KnownTerms _terms = new();
    CallId _call;
    ParticipantId _self;
    SpeakerVoice _voice = null!;
    ParticipantGauge _gauge = null!;
    long _heardAt;
    CallLine _line = null!;
    Outlets _outlets = null!;
    Speaker _speaker = null!;
    ParticipantStore _store = null!;
    Task? _finishing;
    Task? _spoken;
    Task _calling = Task.CompletedTask;
    Task _moving = Task.CompletedTask;
    Language _language;
    bool _isOutrun;
    bool _isHandedOver;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_call, _self) = GrainKeys.OfParticipant(this.GetPrimaryKeyString());
        _line = new CallLine(GrainFactory.GetGrain<ICallGrain>(_call.Value), _self, time, _ending.Token);
        _outlets = new Outlets(_self, time);
        _store = new ParticipantStore(state, time, logger);
        var stored = await transcripts.LastSegment(_call, _self, cancellationToken);
        Begin(new FrameLedger(state.State.Ledger), Math.Max(stored, state.State.LastSegment));
        _speaker.Commits.Continue(state.State.Version);
        _calling = Task.WhenAll(_line.Tell(NewsKind.NeedsAudience), _line.Ask(_terms));
        this.RegisterGrainTimer(EndIfUnused, new GrainTimerCreationOptions { DueTime = UnusedLimit, Period = UnusedLimit, Interleave = true });
        local.Add(this.GetPrimaryKeyString());
        figures.Add(_gauge = new ParticipantGauge(_call, time));
        CallMeters.Participant(+1);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        CallMeters.Participant(-1);
        figures.Remove(_gauge);
        try
        {
            if (!_isOutrun)
                await GiveUp();
        }
        finally
        {
            local.Remove(this.GetPrimaryKeyString());
            await _ending.CancelAsync();
            await _moving;
            await _calling;
            await _speaker.DisposeAsync();
            await _outlets.DisposeAsync();
            // Who is handed over goes on with the checkpoint.
            if (!_isOutrun && !_isHandedOver)
                await _store.Close(_speaker, cancellationToken);
        }
    }

    public async Task<ConnectOutcome> Connect(ConnectRequest request)
    {
        if (_finishing is not null || _isOutrun)
            return Refused(ConnectRefusal.Finishing);
        var isFirst = _lease.Current is null;
        if (!isFirst && request.Checkpoint?.Version > _speaker.Commits.Version)
        {
            // Somebody went on where this activation should have: it was cut off, and must not speak any more.
            GiveWay();
            return Refused(ConnectRefusal.Finishing);
        }

        if (_lease.Claim(request, state.State.Epoch) is not { } fence || !_lease.TryTake(fence, request.Connection))
            return Refused(ConnectRefusal.Replaced);
        try
        {
            // Stored before the connection is welcomed: no later one without a token can get the same epoch. A token holds the epoch itself.
            await _store.Raise(fence.Epoch, mustBeStored: request.Epoch == 0);
        }
        catch (InconsistentStateException)
        {
            GiveWay();
            return Refused(ConnectRefusal.Finishing);
        }

        _heardAt = time.GetTimestamp();
        _terms.Prefer(request.Interpreting);
        _voice = new SpeakerVoice(GrainFactory, request.Tenant, _call, request.Person, request.Profile);
        foreach (var audience in request.Audiences)
            _outlets.Apply(audience);
        _outlets.Fence = fence;
        _outlets.SetOwn(request.Gateway, request.Link);
        var unused = isFirst && request.Checkpoint is { } checkpoint && checkpoint.Version >= state.State.Version ? Restore(checkpoint, fence, request.Name) : null;
        _speaker.Name = request.Name;
        _speaker.Commits.Attach(request.Link, fence);
        var canBeRecognized = SetLanguage(request.Language);
        _gauge.Show(_speaker);
        var outcome = new ConnectOutcome(fence, null, _speaker.Ledger.Next, _speaker.Marks, canBeRecognized);
        if (unused is not null)
            await unused.DisposeAsync();
        return outcome;
    }

    public Task<SpeakOutcome> Speak(SpokenBatch batch) => Task.FromResult(Take(batch));

    public Task ChangeLanguage(Fence fence, Language language)
    {
        if (_lease.Refusal(fence) is null && !SetLanguage(language))
            _outlets.SendToSpeaker(new NoticeDelivery(language, NoticeKind.NoRecognizer, ToSpeaker: true));
        return Task.CompletedTask;
    }

    public Task Apply(Audience audience)
    {
        _outlets.Apply(audience);
        return Task.CompletedTask;
    }

    public async Task<bool> CatchUp(CatchUpRequest request)
    {
        // Who has not connected has nothing to tell yet, and nobody would believe it. And what follows must come to the listener as to everybody.
        if (_lease.Current is null || !_outlets.Reaches(request.Gateway, request.Language))
            return false;
        var missed = new MissedSpeech(_self, request, time.GetUtcNow());
        IReadOnlyList<RecordedSegment> recorded = [];
        if (missed.ReadsAfter(_speaker.Recent.All, _speaker.LastSegment) is { } after)
            recorded = await transcripts.ReadSpeaker(_call, _self, after, MostMissed, _ending.Token);
        _speaker.Refill(missed, () => SendMissed(request, missed, recorded));
        return true;
    }

    public Task Finish()
    {
        _finishing ??= FinishAndEnd();
        return Task.CompletedTask;
    }

    public Task Move(TimeSpan patience)
    {
        if (_moving.IsCompleted)
            _moving = MoveAtPause(patience);
        return Task.CompletedTask;
    }

    public Task<ParticipantFigures> Describe() => Task.FromResult(_speaker.Figures);

    public Task<ParticipantDetails> Look() => Task.FromResult(_speaker.Describe(_lease.Current, time.GetElapsedTime(_heardAt)));

    void Begin(FrameLedger ledger, int lastSegment)
    {
        var services = new SpeakerServices(silo.Name, _call, _self, engines, transcripts, _terms, language => _voice.In(language), time, logger);
        _speaker = new Speaker(services, _outlets, ledger, lastSegment);
        _speaker.Commits.Refused += GiveWay;
        _speaker.Outrun += GiveWay;
    }

    // What changes from here on comes after it.
    void SendMissed(CatchUpRequest request, MissedSpeech missed, IReadOnlyList<RecordedSegment> recorded)
    {
        var items = missed.Of(_speaker.Recent.All, recorded, _speaker.Recent.FirstRevision);
        _speaker.Commits.DeliverInOrder(() => _outlets.SendTo(
            request.Gateway, new CaughtUpDelivery(request.Language, request.Listener, items)));
    }

    // Returns the speaker that had nothing to say yet.
    Speaker Restore(Checkpoint checkpoint, Fence fence, string name)
    {
        var unused = _speaker;
        Begin(new FrameLedger(checkpoint), Math.Max(checkpoint.LastSegment, unused.LastSegment));
        _speaker.Name = name;
        _speaker.Restore(checkpoint, fence);
        return unused;
    }

    SpeakOutcome Take(SpokenBatch batch)
    {
        if (_finishing is not null)
            return new SpeakRefused(SpeakRefusal.Finished);
        if (_isOutrun)
            return new SpeakRefused(SpeakRefusal.NotConnected);
        if (_lease.Refusal(batch.Fence) is { } refusal)
            return new SpeakRefused(refusal);

        _heardAt = time.GetTimestamp();
        _gauge.ShowSometimes(_speaker);
        _speaker.Commits.Hear();
        if (batch.Items.IsEmpty)
            _speaker.EndIfMuted();
        var ledger = _speaker.Ledger;
        ledger.SkipTo(batch.Oldest);
        _speaker.Play(batch.Played);
        foreach (var frame in batch.Items.OfType<SpokenFrame>())
            _speaker.Relay(frame);
        foreach (var spoken in batch.Items)
        {
            switch (ledger.Judge(spoken.Number))
            {
                case Arrival.Gap:
                    return new SpeakResume(ledger.Next);
                case Arrival.Fresh when !_speaker.TryTake(spoken):
                    return new SpeakTaken(ledger.Next - 1);
            }
        }

        return new SpeakTaken(ledger.Next - 1);
    }

    // Somebody asked about a participant who is gone, or whoever should have ended it could not.
    Task EndIfUnused(CancellationToken cancellationToken)
    {
        if (_lease.Current is null || time.GetElapsedTime(_heardAt) > AbsentLimit)
            DeactivateOnIdle();
        return Task.CompletedTask;
    }

    ConnectOutcome Refused(ConnectRefusal refusal) => new(null, refusal, _speaker.Ledger.Next, _speaker.Marks, CanBeRecognized: false);

    bool SetLanguage(Language language)
    {
        // A reconnect in the same language goes on with the session that is open.
        var isSame = _language == language;
        _language = language;
        return isSame ? engines.RecognizersFor(language).Any() : _speaker.Speak(language);
    }

    // Another activation is ahead of this one: nothing that this one still says may be heard or stored.
    void GiveWay()
    {
        _isOutrun = true;
        DeactivateOnIdle();
    }

    async Task MoveAtPause(TimeSpan patience)
    {
        var started = time.GetTimestamp();
        while (!_speaker.IsAtRest && time.GetElapsedTime(started) < patience && !_ending.IsCancellationRequested)
            await Task.Delay(PauseLook, time);
        if (_finishing is null && !_ending.IsCancellationRequested)
            MigrateOnIdle();
    }

    /// <summary>Hands what was said over to the next activation, or finishes it when nobody keeps a checkpoint for that.</summary>
    async Task GiveUp()
    {
        _isHandedOver = _spoken is null && !local.IsLast && !_speaker.Commits.IsAbsent && await _speaker.HandOver(WordsLimit, TranslationsLimit, DeliveriesLimit);
        if (!_isHandedOver)
            await Spoken();
    }

    /// <summary>Completes when everything that was said is recorded and delivered, or the limit is over; whoever asks first begins it.</summary>
    Task Spoken() => _spoken ??= _speaker.Finish(FinishLimit);

    async Task FinishAndEnd()
    {
        try
        {
            await Spoken();
            await _line.Tell(NewsKind.Finished);
        }
        finally
        {
            DeactivateOnIdle();
        }
    }
}
