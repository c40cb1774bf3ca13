namespace VoiceGrains.Tenants;

/// <summary>What a tenant keeps.</summary>
public sealed class TenantState
{
    /// <summary>When the place of each call runs out.</summary>
    public Dictionary<string, DateTimeOffset> Places { get; set; } = [];
}

/// <summary>Limits of tenants, section <c>Tenants</c>.</summary>
public sealed class TenantOptions
{
    /// <summary>Calls that a tenant may have at a time. Default: 1000.</summary>
    public int MaxCalls { get; set; } = 1_000;
}

/// <summary>Counts the tenant's calls exactly: there is one activation, and each new place is stored before it is given.</summary>
[GrainType("tenant")]
sealed class TenantGrain(
    [PersistentState("tenant", "grains")] IPersistentState<TenantState> state, TenantOptions options, TimeProvider time) : Grain, ITenantGrain
{
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    public async Task<bool> Admit(CallId call)
    {
        var now = time.GetUtcNow();
        var places = state.State.Places;
        var isKnown = places.ContainsKey(call.Value);
        if (!isKnown)
        {
            foreach (var expired in places.Where(place => place.Value <= now).Select(static place => place.Key).ToList())
                places.Remove(expired);
            if (places.Count >= options.MaxCalls)
                return false;
        }

        places[call.Value] = now + Lease;
        // A renewal that is lost with the activation costs nothing: the call renews again.
        if (!isKnown)
            await state.WriteStateAsync();
        return true;
    }

    public async Task Release(CallId call)
    {
        if (state.State.Places.Remove(call.Value))
            await state.WriteStateAsync();
    }
}
