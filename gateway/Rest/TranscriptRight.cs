using System.Globalization;
using VoiceGrains.Calls;
using VoiceGrains.Gateway.Tickets;

namespace VoiceGrains.Gateway.Rest;

/// <summary>
/// Who may read the transcript of a call: the tenant with its key, and who took part with the resume token of their welcome, if their ticket had the right to it.
/// </summary>
sealed class TranscriptRight(ApiKeys keys, TicketSigner tickets, TranscriptReads reads)
{
    /// <summary>The tenant in whose name the call may be read. Either it or the problem is set.</summary>
    public (TenantId? Tenant, IResult? Problem) Find(string call, HttpContext context)
    {
        if (keys.Find(context) is { } tenant)
            return (tenant, null);
        if (BearerToken.Of(context) is not { } token)
            return (null, Problems.KeyRefused);
        var (ticket, flaw) = tickets.Verify(token);
        // What is no ticket at all was meant to be a key.
        if (flaw is { } wrong)
            return (null, wrong == TicketFlaw.Malformed ? Problems.KeyRefused : TicketProblems.Of(wrong));
        if (ProblemWith(ticket!, call) is { } problem)
            return (null, problem);
        return reads.TryBegin(ticket!) ? (ticket!.Tenant, null) : (null, TooMany(context));
    }

    static IResult TooMany(HttpContext context)
    {
        context.Response.Headers.RetryAfter = TranscriptReads.Refill.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, "too-many-reads", "You have read the transcript very often just now. Wait for a few seconds.");
    }

    static IResult? ProblemWith(Ticket ticket, string call)
    {
        if (ticket.Call.Value != call)
            return TicketProblems.OfAnotherCall;
        if (ticket.Use != TicketUse.Resume)
            return Problems.Of(StatusCodes.Status403Forbidden, "not-joined", "Only who took part may read the transcript: join, and send the resume token of the welcome.");
        return ticket.Rights.HasFlag(Rights.Transcript)
            ? null
            : Problems.Of(StatusCodes.Status403Forbidden, "may-not-read-transcript", "The ticket does not give the right to the transcript. Ask for one with 'transcript' among its 'rights'.");
    }
}
