using System.Collections.Immutable;

namespace VoiceGrains.Gateways;

/// <summary>A list in memory: the gateways themselves renew it.</summary>
[GrainType("gatewayindex")]
sealed class GatewayIndexGrain(TimeProvider time) : Grain, IGatewayIndexGrain
{
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);

    readonly Dictionary<GatewayId, (GatewayAddress Gateway, DateTimeOffset EndsAt)> _gateways = [];

    public Task<ImmutableArray<GatewayAddress>> Note(GatewayAddress gateway)
    {
        _gateways[gateway.Gateway] = (gateway, time.GetUtcNow() + Lease);
        return Task.FromResult(Known());
    }

    public Task<ImmutableArray<GatewayAddress>> Remove(GatewayId gateway)
    {
        _gateways.Remove(gateway);
        return Task.FromResult(Known());
    }

    ImmutableArray<GatewayAddress> Known()
    {
        var now = time.GetUtcNow();
        foreach (var expired in _gateways.Where(known => known.Value.EndsAt <= now).Select(static known => known.Key).ToList())
            _gateways.Remove(expired);
        return [.. _gateways.Values.Select(static known => known.Gateway)];
    }
}
