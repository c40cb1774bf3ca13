using VoiceGrains.Gateway.Rest;

namespace VoiceGrains.Gateway.Tickets;

/// <summary>Answers to tickets that are no good.</summary>
static class TicketProblems
{
    public static IResult Of(TicketFlaw flaw) =>
        Problems.Of(StatusCodes.Status401Unauthorized, CodeOf(flaw), "Ask for another ticket with POST /v1/calls/{call}/tickets.");

    public static IResult OfAnotherCall => Problems.Of(StatusCodes.Status403Forbidden, "ticket-of-another-call", "The ticket is for another call.");

    static string CodeOf(TicketFlaw flaw) => flaw switch
    {
        TicketFlaw.Malformed => "ticket-malformed",
        TicketFlaw.NotOurs => "ticket-not-ours",
        TicketFlaw.Expired => "ticket-expired",
        _ => "ticket-too-early",
    };
}
