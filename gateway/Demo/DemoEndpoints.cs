using VoiceGrains.Calls;
using VoiceGrains.Gateway.Rest;

namespace VoiceGrains.Gateway.Demo;

/// <summary>Shows the demo call, lets visitors in, and lets them kill the silo that it lives on. Only mapped when the demo runs, in development.</summary>
static class DemoEndpoints
{
    public static void MapDemo(this IEndpointRouteBuilder app)
    {
        app.MapGet("/demo", Show).ExcludeFromDescription();
        app.MapPost("/demo/tickets", Ticket).ExcludeFromDescription();
        app.MapPost("/demo/kill", Kill).ExcludeFromDescription();
    }

    static async Task<IResult> Show(DemoPage demo)
    {
        try
        {
            return await demo.Describe() is { } state ? TypedResults.Ok(state) : TypedResults.Ok(new { call = (string?)null });
        }
        catch (Exception error) when (error is TimeoutException or OrleansException)
        {
            // A silo was just lost: what lived there is on its way to another.
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "demo-moving", "The demo call moves to another silo. Ask again in a moment.");
        }
    }

    static async Task<IResult> Ticket(AskDemoTicket body, HttpContext context, DemoPage demo)
    {
        if (await demo.FindCall() is not { } call)
            return Opening;
        if (!Language.TryParse(body.Language ?? "en", out var language))
            return Problems.BadRequest("bad-language", "'language' is no language tag. Use BCP 47, for example en, pt-BR or zh-Hant.");
        var name = PlainText.OneLine(string.IsNullOrWhiteSpace(body.Name) ? "Guest" : body.Name);
        if (!PlainText.IsName(name))
            return Problems.BadRequest("bad-name", PlainText.NameRule);
        var socket = $"{(context.Request.IsHttps ? "wss" : "ws")}://{context.Request.Host}/v1/calls/{call}/socket";
        return TypedResults.Ok(new { call = call.Value, socket, ticket = demo.TicketFor(call, name, language, body.Listens) });
    }

    // The body must be JSON, which pages of other origins can't send.
    static async Task<IResult> Kill(AskToKill body, DemoPage demo)
    {
        if (await demo.Describe() is not { } state || state.Call != body.Call)
            return Opening;
        if (!state.MayKill)
            return Problems.Of(StatusCodes.Status409Conflict, "one-process", "Everything runs in one process here. Start ./voicegrains cluster, and kill one of its silos.");
        return demo.KillNode(state) is { } silo
            ? TypedResults.Ok(new { silo })
            : Problems.Of(StatusCodes.Status409Conflict, "no-such-process", "The silo is no process of this machine, or has just ended.");
    }

    static IResult Opening => Problems.Of(StatusCodes.Status503ServiceUnavailable, "demo-opening", "The demo call is being opened. Try again in a moment.");

    /// <summary>Who wants in.</summary>
    /// <param name="Listens">Whether they only listen. Default: no.</param>
    sealed record AskDemoTicket(string? Language, string? Name, bool Listens = false);

    /// <summary>Which call to strike.</summary>
    sealed record AskToKill(string Call);
}
