using VoiceGrains.Calls;
using VoiceGrains.Deliveries;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Transcripts;
using VoiceGrains.Voices;

namespace VoiceGrains.Participants;

/// <summary>Checks who may speak, and hands what is said to the <see cref="Speaker"/>.</summary>
[GrainType("participant")]
sealed class ParticipantGrain(
    [PersistentState("participant", "grains")] IPersistentState<ParticipantState> state,
    EngineSet engines,
    ITranscriptStore transcripts,
    TimeProvider time,
    ILogger<ParticipantGrain> logger) : Grain, IParticipantGrain
{
    static readonly TimeSpan FinishLimit = TimeSpan.FromSeconds(15);

    readonly ConnectionLease _lease = new();
    readonly CancellationTokenSource _ending = new();
    CallId _call;
    ParticipantId _self;
    TenantId _tenant;
    string _profile = "";
    Outlets _outlets = null!;
    Speaker _speaker = null!;
    Task? _finishing;
    Task? _spoken;
    Task _newsSending = Task.CompletedTask;
    Language _language;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_call, _self) = GrainKeys.OfParticipant(this.GetPrimaryKeyString());
        _outlets = new Outlets(_self, time);
        var services = new SpeakerServices(_call, _self, engines, transcripts, VoiceFor, time, logger);
        var stored = await transcripts.LastSegment(_call, _self, cancellationToken);
        _speaker = new Speaker(services, _outlets, new FrameLedger(state.State.Ledger), Math.Max(stored, state.State.LastSegment));
        _speaker.MarksChanged += SendMarks;
        _newsSending = Send(NewsKind.NeedsAudience);
        CallMeters.Participant(+1);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        CallMeters.Participant(-1);
        try
        {
            await Spoken();
            await _ending.CancelAsync();
            await _newsSending;
            await _speaker.DisposeAsync();
            await _outlets.DisposeAsync();
        }
        finally
        {
            state.State.Ledger = _speaker.Ledger.Figures;
            state.State.LastSegment = _speaker.LastSegment;
            await state.WriteStateAsync(cancellationToken);
        }
    }

    public async Task<ConnectOutcome> Connect(ConnectRequest request)
    {
        if (_finishing is not null)
            return Refused(ConnectRefusal.Finishing);
        var epoch = request.Epoch > 0 ? request.Epoch : state.State.Epoch + 1;
        var fence = new Fence(epoch, request.Attach);
        if (epoch < state.State.Epoch || !_lease.TryTake(fence))
            return Refused(ConnectRefusal.Replaced);
        if (epoch > state.State.Epoch)
        {
            // Stored before the connection is welcomed: no later one can get the same epoch.
            state.State.Epoch = epoch;
            await state.WriteStateAsync();
        }

        (_tenant, _profile, _speaker.Name) = (request.Tenant, request.Profile, request.Name);
        _outlets.SetOwn(request.Gateway, request.Link);
        var canBeRecognized = SetLanguage(request.Language);
        return new ConnectOutcome(fence, null, _speaker.Ledger.Next, _speaker.Marks, canBeRecognized);
    }

    public Task<SpeakOutcome> Speak(SpokenBatch batch) => Task.FromResult(Take(batch));

    public Task ChangeLanguage(Fence fence, Language language)
    {
        if (_lease.Refusal(fence) is null)
            SetLanguage(language);
        return Task.CompletedTask;
    }

    public Task Apply(Audience audience)
    {
        _outlets.Apply(audience);
        return Task.CompletedTask;
    }

    public Task Finish()
    {
        _finishing ??= FinishAndEnd();
        return Task.CompletedTask;
    }

    public Task<ParticipantFigures> Describe() => Task.FromResult(_speaker.Figures);

    SpeakOutcome Take(SpokenBatch batch)
    {
        if (_finishing is not null)
            return new SpeakRefused(SpeakRefusal.Finished);
        if (_lease.Refusal(batch.Fence) is { } refusal)
            return new SpeakRefused(refusal);

        var ledger = _speaker.Ledger;
        ledger.SkipTo(batch.Oldest);
        foreach (var frame in batch.Items.OfType<SpokenFrame>())
            _speaker.Relay(frame);
        foreach (var spoken in batch.Items)
        {
            switch (ledger.Judge(spoken.Number))
            {
                case Arrival.Gap:
                    return new SpeakResume(ledger.Next, _speaker.Marks);
                case Arrival.Fresh when !_speaker.TryTake(spoken):
                    return new SpeakTaken(ledger.Next - 1, _speaker.Marks);
            }
        }

        return new SpeakTaken(ledger.Next - 1, _speaker.Marks);
    }

    ConnectOutcome Refused(ConnectRefusal refusal) => new(null, refusal, _speaker.Ledger.Next, _speaker.Marks, CanBeRecognized: false);

    bool SetLanguage(Language language)
    {
        // A reconnect in the same language goes on with the session that is open.
        var isSame = _language == language;
        _language = language;
        return isSame ? engines.RecognizerFor(language) is not null : _speaker.Speak(language);
    }

    /// <summary>Completes when everything that was said is recorded and delivered, or the limit is over; whoever asks first begins it.</summary>
    Task Spoken() => _spoken ??= _speaker.Finish(FinishLimit);

    async Task FinishAndEnd()
    {
        try
        {
            await Spoken();
            await Send(NewsKind.Finished);
        }
        finally
        {
            DeactivateOnIdle();
        }
    }

    Task<Voice?> VoiceFor(Language language) => GrainFactory.GetGrain<IVoiceProfileGrain>(GrainKeys.Of(_tenant, _profile)).VoiceFor(language);

    void SendMarks(long? resumeFrom)
    {
        if (_lease.Current is { } fence)
            _outlets.SendToSpeaker(new MarksDelivery(_language, fence, _speaker.Marks, resumeFrom));
    }

    /// <summary>Tells the call, outside any call from it, until it has heard.</summary>
    async Task Send(NewsKind news)
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                await GrainFactory.GetGrain<ICallGrain>(_call.Value).Hear(new ParticipantNews(_self, news));
                return;
            }
            catch (Exception)
            {
                // The call is being activated elsewhere, or can't be while the store is away: it must hear this, so try again.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), time);
        }
    }
}
