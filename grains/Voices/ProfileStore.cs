namespace VoiceGrains.Voices;

/// <summary>Keeps a profile: what others see is what is stored, except that an end counts at once.</summary>
sealed class ProfileStore(IPersistentState<VoiceProfileState> state)
{
    /// <summary>Null: it was never made.</summary>
    public VoiceProfile? Current { get; private set; } = state.State.Profile;

    /// <summary>False: an end that counts already could not be stored yet.</summary>
    public bool IsStored { get; private set; } = true;

    /// <summary>Stores the profile, then it counts. Throws what the store throws; then nothing has changed.</summary>
    public async Task Change(VoiceProfile next)
    {
        state.State.Profile = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State.Profile = Current;
            throw;
        }

        (Current, IsStored) = (next, true);
    }

    /// <summary>The profile counts at once, then it is stored. When the store throws it counts all the same, until the activation ends, and is stored with the next change.</summary>
    public Task End(VoiceProfile next)
    {
        (Current, IsStored) = (next, false);
        return Change(next);
    }
}
