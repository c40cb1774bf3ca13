using VoiceGrains.Audio;
using VoiceGrains.Calls;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Voices;

namespace VoiceGrains.Gateway.Rest;

/// <summary>What a ticket or resume token is good for.</summary>
/// <param name="Status">Of the call: <c>open</c> or <c>ended</c>.</param>
/// <param name="Name">Shown to the others.</param>
/// <param name="MayChooseName">Whether a hello may bring another name.</param>
/// <param name="Language">Unless the hello says another.</param>
/// <param name="Voices">Names for the hello, the usual one first.</param>
/// <param name="Effects">May stand behind the name of a voice, after a plus.</param>
public sealed record TicketDescription(
    string Call,
    string? Title,
    string Status,
    string Participant,
    string Name,
    bool MayChooseName,
    string Language,
    IReadOnlyList<string> Rights,
    DateTimeOffset ExpiresAt,
    IReadOnlyList<string> Voices,
    IReadOnlyList<string> Effects);

/// <summary>
/// Tells the holder of a ticket what it is good for, before they join: a page can't see why a socket was refused.
/// </summary>
static class TicketApi
{
    public static void MapTicket(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/ticket", Describe).RequireCors(BearerToken.FromAnyPage).WithTags("Calls").WithSummary("Describes the ticket or resume token that is sent as 'Authorization: Bearer TICKET'.")
            .Produces<TicketDescription>().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<IResult> Describe(HttpContext context, TicketSigner tickets, IClusterClient grains)
    {
        if (BearerToken.Of(context) is not { } token)
            return Problems.Of(StatusCodes.Status401Unauthorized, "no-ticket", "Send the ticket as 'Authorization: Bearer TICKET'.");
        var (ticket, flaw) = tickets.Verify(token);
        if (flaw is not null)
            return TicketProblems.Of(flaw.Value);
        return await grains.GetGrain<ICallGrain>(ticket!.Call.Value).Describe() is { } call && call.Tenant == ticket.Tenant
            ? TypedResults.Ok(DescriptionOf(ticket, call))
            : Problems.CallUnknown;
    }

    static TicketDescription DescriptionOf(Ticket ticket, CallDescription call) => new(
        ticket.Call.Value,
        call.Title,
        call.Status == CallStatus.Open ? "open" : "ended",
        ticket.Participant.Value,
        ticket.Name,
        ticket.MayChooseName,
        ticket.Language.Tag,
        [.. RightNames.Of(ticket.Rights)],
        ticket.ExpiresAt,
        ticket.Voice is { } own ? [own, .. StockVoices.Names] : [.. StockVoices.Names],
        [.. VoiceEffect.Names]);
}
