namespace VoiceGrains.Voices;

/// <summary>The slots at the vendor that are taken.</summary>
public sealed class VoiceSlots
{
    /// <summary>Keys of profiles.</summary>
    public HashSet<string> Profiles { get; set; } = [];
}

/// <summary>Gives slots, and sweeps.</summary>
[GrainType("voiceupkeep")]
sealed class VoiceUpkeepGrain([PersistentState("voiceslots", "grains")] IPersistentState<VoiceSlots> state, VoiceServices services) : Grain, IVoiceUpkeepGrain
{
    readonly CancellationTokenSource _closing = new();
    DateTimeOffset _sweepAt;
    Task _sweep = Task.CompletedTask;

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _closing.CancelAsync();
        await _sweep;
    }

    public async Task<bool> TakeSlot(string profile)
    {
        var taken = state.State.Profiles;
        if (taken.Contains(profile))
            return true;
        var tenant = GrainKeys.OfProfile(profile).Tenant;
        if (taken.Count(other => GrainKeys.OfProfile(other).Tenant == tenant) >= services.Options.Slots)
            return false;
        taken.Add(profile);
        await state.WriteStateAsync();
        return true;
    }

    public async Task ReleaseSlot(string profile)
    {
        if (state.State.Profiles.Remove(profile))
            await state.WriteStateAsync();
    }

    public Task Look()
    {
        if (_sweep.IsCompleted && services.Time.GetUtcNow() >= _sweepAt)
        {
            _sweepAt = services.Time.GetUtcNow() + TimeSpan.FromMinutes(services.Options.SweepMinutes);
            _sweep = new VoiceSweep(services, key => GrainFactory.GetGrain<IVoiceProfileGrain>(key)).Run([.. state.State.Profiles], _closing.Token);
        }

        return Task.CompletedTask;
    }
}
