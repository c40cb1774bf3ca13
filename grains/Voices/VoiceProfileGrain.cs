using Orleans.Storage;

namespace VoiceGrains.Voices;

/// <summary>Hands what is asked of a profile to its <see cref="ProfileLife"/>, and keeps at what is unfinished for as long as it is.</summary>
[GrainType("voiceprofile")]
sealed partial class VoiceProfileGrain(
    [PersistentState("voiceprofile", "grains")] IPersistentState<VoiceProfileState> state, VoiceServices services, ILogger<VoiceProfileGrain> logger)
    : Grain, IVoiceProfileGrain
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    ProfileLife _life = null!;
    IGrainTimer? _tending;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _life = new ProfileLife(
            key,
            new ProfileStore(state),
            services,
            GrainFactory.GetGrain<IVoiceUpkeepGrain>("voices"),
            GrainFactory.GetGrain<IVoiceIndexGrain>(GrainKeys.Of(GrainKeys.OfProfile(key).Tenant)));
        KeepAtIt();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => await _life.DisposeAsync();

    public Task<VoiceOutcome> Create(NewVoice voice) => Do(() => _life.Create(voice));

    public Task<VoiceOutcome> Upload(RecordingPiece piece) => Task.FromResult(_life.Upload(piece));

    public Task<VoiceOutcome> GiveConsent(ConsentGiven consent) => Do(() => _life.GiveConsent(consent));

    public Task<VoiceOutcome> TakeSample(string upload) => Do(() => _life.TakeSample(upload));

    public Task<VoiceOutcome> Clone() => Do(_life.Clone);

    public Task<VoiceOutcome> Revoke() => Do(() => _life.End(ProfileStep.EndConsent));

    public Task<VoiceOutcome> Delete() => Do(() => _life.End(ProfileStep.Delete));

    public Task<VoiceDescription?> Describe() => Task.FromResult(_life.Describe());

    public Task<Voice?> VoiceFor(Language language, VoiceUse use) => Task.FromResult(_life.VoiceFor(language, use));

    public Task<bool> Recognize(VendorVoice voice, string consent, bool requiresVerification) =>
        Do(() => _life.Recognize(voice, consent, requiresVerification));

    public Task Tend() => Do(async () =>
    {
        await _life.Tend();
        return true;
    });

    async Task<T> Do<T>(Func<Task<T>> what)
    {
        try
        {
            return await what();
        }
        catch (InconsistentStateException)
        {
            // Another activation wrote since: what it stored counts, and the next call finds it.
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            KeepAtIt();
        }
    }

    // Nothing waits for this timer but what is unfinished, and it keeps the activation until that is done.
    void KeepAtIt()
    {
        if (_life.IsUnfinished)
        {
            _tending ??= this.RegisterGrainTimer(TendOnce, new GrainTimerCreationOptions { DueTime = Look, Period = Look, KeepAlive = true });
            return;
        }

        _tending?.Dispose();
        _tending = null;
    }

    async Task TendOnce(CancellationToken cancellationToken)
    {
        try
        {
            await Tend();
        }
        catch (Exception error)
        {
            // The store is away, whatever its driver throws: the next tick tries again.
            LogUnfinished(logger, error.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A voice profile could not go on with what is unfinished ({Error}); it is tried again.")]
    static partial void LogUnfinished(ILogger logger, string error);
}
