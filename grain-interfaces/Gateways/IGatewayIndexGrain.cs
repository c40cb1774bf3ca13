using System.Collections.Immutable;

namespace VoiceGrains.Gateways;

/// <summary>The gateways of the region, so that clients know where else to go. Key: <c>gateways</c>. Entries are leases of 6 s, renewed every 2 s.</summary>
[Alias("voicegrains.IGatewayIndexGrain")]
public interface IGatewayIndexGrain : IGrainWithStringKey
{
    /// <summary>The gateway is there, and is told of all that are.</summary>
    [Alias("Note")]
    Task<ImmutableArray<GatewayAddress>> Note(GatewayAddress gateway);

    /// <summary>The gateway stops: clients are not sent to it any more. It is told of those that go on.</summary>
    [Alias("Remove")]
    Task<ImmutableArray<GatewayAddress>> Remove(GatewayId gateway);
}

/// <summary>Where a gateway is reached.</summary>
/// <param name="Address">For WebSockets, for example <c>ws://10.0.0.7:8080</c>, without a slash at its end.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.GatewayAddress")]
public sealed record GatewayAddress(GatewayId Gateway, string Address);
