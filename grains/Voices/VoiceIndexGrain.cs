using System.Collections.Immutable;

namespace VoiceGrains.Voices;

/// <summary>The profiles that a tenant has.</summary>
public sealed class VoiceIndexState
{
    public SortedSet<string> Profiles { get; set; } = new(StringComparer.Ordinal);
}

/// <summary>Keeps the names of a tenant's profiles.</summary>
[GrainType("voiceindex")]
sealed class VoiceIndexGrain([PersistentState("voiceindex", "grains")] IPersistentState<VoiceIndexState> state, VoiceServices services) : Grain, IVoiceIndexGrain
{
    public async Task<bool> Add(string profile)
    {
        var profiles = state.State.Profiles;
        if (profiles.Contains(profile))
            return true;
        if (profiles.Count >= services.Options.MaxProfiles)
            return false;
        profiles.Add(profile);
        await state.WriteStateAsync();
        return true;
    }

    public async Task Remove(string profile)
    {
        if (state.State.Profiles.Remove(profile))
            await state.WriteStateAsync();
    }

    public Task<ImmutableArray<string>> List() => Task.FromResult<ImmutableArray<string>>([.. state.State.Profiles.Order(StringComparer.Ordinal)]);
}
