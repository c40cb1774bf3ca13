namespace VoiceGrains.Gateway.Rest;

/// <summary>Opens a call.</summary>
/// <param name="Title">Shown in lists; at most 200 characters.</param>
/// <param name="MaxParticipants">1 to 1,000. Default: 500.</param>
/// <param name="AbsenceSeconds">How long a participant without a connection keeps their place, 1 to 3,600. Default: 30.</param>
/// <param name="EmptySeconds">How long a call without connected participants stays open, 1 to 86,400. Default: 60.</param>
/// <param name="Glossary">
/// Up to 200 rows, the most important first; each has a term of 1 to 80 characters for at least one language, for example <c>{"en":"cluster","es":"clúster"}</c>. Default: none.
/// </param>
/// <param name="Formality">How people address each other: <c>formal</c> or <c>informal</c>. Default: as engines think right.</param>
/// <param name="Interpreting">How eagerly speech is translated while it is spoken: <c>fast</c>, <c>balanced</c> or <c>safe</c>. Default: balanced.</param>
public sealed record OpenCall(
    string? Title = null,
    int? MaxParticipants = null,
    int? AbsenceSeconds = null,
    int? EmptySeconds = null,
    IReadOnlyList<IReadOnlyDictionary<string, string?>?>? Glossary = null,
    string? Formality = null,
    string? Interpreting = null);

/// <summary>A call.</summary>
/// <param name="Silo">Where the call lives now.</param>
/// <param name="Status"><c>open</c> or <c>ended</c>.</param>
/// <param name="Glossary">As it was given.</param>
/// <param name="Formality"><c>formal</c>, <c>informal</c> or null.</param>
/// <param name="Interpreting"><c>fast</c>, <c>balanced</c> or <c>safe</c>.</param>
public sealed record CallResource(
    string Call,
    string Silo,
    string? Title,
    string Status,
    DateTimeOffset OpenedAt,
    DateTimeOffset? EndedAt,
    IReadOnlyList<IReadOnlyDictionary<string, string>> Glossary,
    string? Formality,
    string Interpreting,
    IReadOnlyList<ParticipantResource> Participants);

/// <summary>One participant of a call.</summary>
public sealed record ParticipantResource(string Participant, string Name, string Language, bool Connected, bool Muted, bool MaySpeak);

/// <summary>A running call in a list.</summary>
public sealed record CallListEntry(string Call, string? Title, DateTimeOffset OpenedAt, int Participants, IReadOnlyList<string> Languages);

/// <summary>A part of the list of running calls, newest first.</summary>
/// <param name="Total">Running calls in all.</param>
public sealed record CallList(IReadOnlyList<CallListEntry> Calls, int Total);

/// <summary>Asks for a ticket.</summary>
/// <param name="Participant">1 to 64 letters, digits, dash, dot or underscore.</param>
/// <param name="Language">BCP 47; the client may choose another in its hello.</param>
/// <param name="Name">Shown to the others, at most 80 characters. Default: the participant.</param>
/// <param name="Rights">Of <c>speak</c>, <c>listen</c>, <c>transcript</c>, with one of the first two. Default: all.</param>
/// <param name="ValidSeconds">10 to 86,400. Default: 3,600; 60 for a ticket that works once.</param>
/// <param name="Once">Works once and for at most 60 s, so it may stand in a URL. Default: no.</param>
/// <param name="Voice">The own voice that the participant may use. Default: none, stock voices only.</param>
/// <param name="Person">Who the participant is, with <paramref name="Voice"/>: it must be their voice. Default: the participant.</param>
/// <param name="ChooseName">Whether the participant may choose another name when they join. Default: no.</param>
public sealed record AskTicket(
    string Participant,
    string Language,
    string? Name = null,
    IReadOnlyList<string>? Rights = null,
    int? ValidSeconds = null,
    bool Once = false,
    string? Voice = null,
    string? Person = null,
    bool ChooseName = false);

/// <summary>A ticket, and the socket it is for.</summary>
public sealed record TicketResource(string Ticket, DateTimeOffset ExpiresAt, string Socket);

/// <summary>Where a participant's frames went: highest = recognized + unrecognized + silence + lost + pending.</summary>
/// <param name="Repeats">Clauses that had to be spoken anew after a silo was lost; listeners got what was new of them.</param>
public sealed record LedgerResource(
    long Highest, long Recognized, long Unrecognized, long Silence, long Lost, long Pending, long Duplicates, long Repeats, bool Balanced);

/// <summary>A participant in figures.</summary>
/// <param name="Silo">Where the participant lives now.</param>
public sealed record FiguresResource(
    string Participant, string Silo, LedgerResource Ledger, int Segments, IReadOnlyList<string> Lanes, long Translations, long Syntheses, long Drafts);
