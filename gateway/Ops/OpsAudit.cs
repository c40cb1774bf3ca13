using VoiceGrains.Operations;

namespace VoiceGrains.Gateway.Ops;

/// <summary>Writes down what operators do: before it is done, and what came of it.</summary>
sealed partial class OpsAudit(IClusterClient grains, ILogger<OpsAudit> logger)
{
    IAuditGrain Audit => grains.GetGrain<IAuditGrain>("audit");

    /// <summary>Does something that is written down first. When it can't be, nothing is done.</summary>
    public async Task<ActionOutcome> Act(OpsSession session, HttpContext context, string what, string target, Func<Task<ActionOutcome>> act)
    {
        if (await Begin(ActionOf(session, context, what, target)) is not { } number)
            return new ActionOutcome("Nothing was done, because it could not be written down. Is the database there?", "audit-unavailable");
        var outcome = new ActionOutcome("failed: nobody answered; it may have been done or not", Refusal: "outcome-unknown");
        try
        {
            return outcome = await act();
        }
        catch (Exception error) when (error is TimeoutException or OrleansException)
        {
            LogUnanswered(logger, what, error);
            return outcome;
        }
        finally
        {
            await End(number, outcome.Result);
        }
    }

    /// <summary>Writes down what has happened already, if it can.</summary>
    public async Task Note(OpsSession session, HttpContext context, string what, string target, string result)
    {
        // An operator must get in when the database is what is wrong.
        if (await Begin(ActionOf(session, context, what, target)) is { } number)
            await End(number, result);
    }

    async Task<long?> Begin(AuditedAction action)
    {
        try
        {
            return await Audit.Begin(action);
        }
        catch (Exception error)
        {
            // Whatever keeps the grain from answering.
            LogUnwritten(logger, action.What, error);
            return null;
        }
    }

    async Task End(long number, string result)
    {
        try
        {
            await Audit.End(number, result);
        }
        catch (Exception error)
        {
            // That it was begun is kept. Whoever did it learns the result from the answer.
            LogUnwritten(logger, result, error);
        }
    }

    static AuditedAction ActionOf(OpsSession session, HttpContext context, string what, string target) =>
        new(session.Id, context.Connection.RemoteIpAddress?.ToString() ?? "unknown", what, target);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody answered when an operator asked for {What}.")]
    static partial void LogUnanswered(ILogger logger, string what, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit could not take: {What}.")]
    static partial void LogUnwritten(ILogger logger, string what, Exception error);
}

/// <summary>What came of an action.</summary>
/// <param name="Result">In a few words, for people.</param>
/// <param name="Refusal">Code of the error, when it was not done; null: it was.</param>
sealed record ActionOutcome(string Result, string? Refusal = null);
