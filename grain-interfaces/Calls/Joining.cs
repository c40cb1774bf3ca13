using System.Collections.Immutable;
using VoiceGrains.Media;

namespace VoiceGrains.Calls;

/// <summary>What a participant may do.</summary>
[GenerateSerializer, Alias("voicegrains.Rights"), Flags]
public enum Rights
{
    None = 0,
    Listen = 1,
    Speak = 2,

    /// <summary>End the call for everybody.</summary>
    EndCall = 4,

    /// <summary>Read the whole transcript, during the call and after it.</summary>
    Transcript = 8,
}

/// <summary>What a listener wants to get.</summary>
[GenerateSerializer, Alias("voicegrains.Wants"), Flags]
public enum Wants
{
    None = 0,
    Captions = 1,

    /// <summary>Speech in the listener's language: translated, or the original of those who speak it.</summary>
    Speech = 2,

    /// <summary>The original voice of everybody too.</summary>
    Original = 4,

    /// <summary>Captions in the speakers' own languages too.</summary>
    OriginalCaptions = 8,
}

/// <summary>A participant asks for a place in the call.</summary>
/// <param name="Name">Shown to the others; at most 80 characters.</param>
/// <param name="OnceId">Id of a ticket that works once; null for others.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.JoinRequest")]
public sealed record JoinRequest(TenantId Tenant, ParticipantId Participant, string Name, Rights Rights, string? OnceId);

/// <summary>The answer to a <see cref="JoinRequest"/>.</summary>
[GenerateSerializer, Alias("voicegrains.JoinOutcome")]
public enum JoinOutcome
{
    Joined,

    /// <summary>No such call, or one of another tenant.</summary>
    Unknown,
    HasEnded,
    IsFull,

    /// <summary>A ticket that works once was used before.</summary>
    TicketIsUsed,
}

/// <summary>The connected participants of one gateway in one call.</summary>
/// <param name="Link">How the gateway is reached.</param>
/// <param name="Seats">All of them; who is missing is no longer connected there.</param>
/// <param name="Gone">
/// Who lost their connection since the last renewal that arrived and did not leave: an activation of the call that has not heard of them must see to them too.
/// </param>
[GenerateSerializer, Immutable, Alias("voicegrains.LinkRenewal")]
public sealed record LinkRenewal(GatewayId Gateway, IGatewayLink Link, ImmutableArray<Seat> Seats, ImmutableArray<Seat> Gone);

/// <summary>Whether the gateway's link is good.</summary>
[GenerateSerializer, Alias("voicegrains.RenewOutcome")]
public enum RenewOutcome
{
    Renewed,

    /// <summary>The call is over: close its connections.</summary>
    HasEnded,
}

/// <summary>One connected participant.</summary>
/// <param name="Epoch">How often the participant has connected: the highest wins when two gateways name the same participant.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.Seat")]
public sealed record Seat(ParticipantId Participant, string Name, int Epoch, Language Language, Wants Wants, Rights Rights, bool IsMuted);

/// <summary>One participant as the others see them.</summary>
/// <param name="Epoch">Of the connection that holds the place: an older connection has been replaced.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.RosterEntry")]
public sealed record RosterEntry(ParticipantId Participant, string Name, Language Language, int Epoch, bool IsConnected, bool IsMuted, bool MaySpeak);
