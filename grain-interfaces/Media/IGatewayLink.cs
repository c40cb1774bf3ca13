using System.Collections.Immutable;
using VoiceGrains.Calls;
using VoiceGrains.Participants;

namespace VoiceGrains.Media;

/// <summary>
/// The way from a call's grains to one gateway process: an observer, leased for 6 s and renewed by <see cref="ICallGrain.Renew"/>.
/// Calls to one link run one at a time. A call without an answer may or may not have arrived; deliveries are numbered, so they may be repeated.
/// </summary>
[Alias("voicegrains.IGatewayLink")]
public interface IGatewayLink : IGrainObserver
{
    /// <summary>
    /// Keeps the checkpoint for the speaker's connection, before anything that it holds is delivered to listeners. Only the activation that the connection is attached to
    /// is let in.
    /// </summary>
    [Alias("Commit")]
    Task<CommitOutcome> Commit(CommitRequest request);

    /// <summary>Takes what a speaker has for the listeners behind this gateway, in order. A batch with a lower fence than the last is ignored.</summary>
    [Alias("Deliver")]
    Task Deliver(DeliveryBatch batch);

    /// <summary>Takes the roster and the audience after a change. An older version than the last is ignored.</summary>
    [Alias("Announce")]
    Task Announce(Roster roster, Audience audience);

    /// <summary>The call goes on in another activation, which knows nobody yet: it is to be told at once who is connected.</summary>
    [Alias("Moved")]
    Task Moved();

    /// <summary>The call ended: its connections are to be closed.</summary>
    [Alias("Ended")]
    Task Ended(EndReason reason);
}

/// <summary>What one speaker has for one gateway.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.DeliveryBatch")]
public sealed record DeliveryBatch(ParticipantId Speaker, Fence Fence, ImmutableArray<Delivery> Deliveries);

/// <summary>Who takes part, versioned like the audience.</summary>
/// <param name="IsPartial">The call has not heard from all gateways yet: whoever is missing may still be there.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.Roster")]
public sealed record Roster(AudienceVersion Version, bool IsPartial, ImmutableArray<RosterEntry> Entries);
