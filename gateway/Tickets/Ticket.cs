namespace VoiceGrains.Gateway.Tickets;

using VoiceGrains.Calls;

/// <summary>What a ticket is good for.</summary>
enum TicketUse
{
    /// <summary>To join.</summary>
    Join,

    /// <summary>To come back: takes the ticket's place after the first welcome.</summary>
    Resume,
}

/// <summary>The right to take part in one call as one participant.</summary>
/// <param name="Epoch">Resume: the epoch of the connection that was welcomed with it.</param>
/// <param name="OnceId">Join: set when the ticket works once.</param>
/// <param name="Voice">The own voice that may be used; null: none.</param>
/// <param name="Person">Whose it is; set together with <paramref name="Voice"/>.</param>
/// <param name="MayChooseName">Whether the hello may bring another name.</param>
sealed record Ticket(
    TicketUse Use,
    TenantId Tenant,
    CallId Call,
    ParticipantId Participant,
    string Name,
    Language Language,
    Rights Rights,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    int Epoch = 0,
    string? OnceId = null,
    string? Voice = null,
    PersonId? Person = null,
    bool MayChooseName = false);

/// <summary>Why a ticket was refused.</summary>
enum TicketFlaw
{
    /// <summary>Not three parts of base64url, or a header or body that is not as it must be.</summary>
    Malformed,

    /// <summary>Not signed with the key of this cluster, or by another algorithm than HS256.</summary>
    NotOurs,
    Expired,

    /// <summary>Its time has not come yet.</summary>
    TooEarly,
}
