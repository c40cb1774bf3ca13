using System.Collections.Immutable;
using VoiceGrains.Calls;

namespace VoiceGrains.Media;

/// <summary>
/// The way from a call's grains to one gateway process: an observer, leased for 6 s and renewed by <see cref="ICallGrain.Renew"/>.
/// Calls to one link run one at a time. A call without an answer may or may not have arrived; deliveries are numbered, so they may be repeated.
/// </summary>
[Alias("voicegrains.IGatewayLink")]
public interface IGatewayLink : IGrainObserver
{
    /// <summary>Takes what a speaker has for the listeners behind this gateway, in order.</summary>
    [Alias("Deliver")]
    Task Deliver(DeliveryBatch batch);

    /// <summary>Takes the roster after a change. An older version than the last is ignored.</summary>
    [Alias("Announce")]
    Task Announce(Roster roster);

    /// <summary>The call ended: its connections are to be closed.</summary>
    [Alias("Ended")]
    Task Ended(EndReason reason);
}

/// <summary>What one speaker has for one gateway.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.DeliveryBatch")]
public sealed record DeliveryBatch(ParticipantId Speaker, ImmutableArray<Delivery> Deliveries);

/// <summary>Who takes part, versioned like the audience.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.Roster")]
public sealed record Roster(AudienceVersion Version, ImmutableArray<RosterEntry> Entries);
