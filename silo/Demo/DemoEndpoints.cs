using VoiceGrains.Client;
using VoiceGrains.Gateway;

namespace VoiceGrains.Silo.Demo;

/// <summary>Lets the page into the demo call. Only mapped when the demo runs.</summary>
static class DemoEndpoints
{
    static int guests;

    public static void MapDemo(this WebApplication app)
    {
        app.MapGet("/demo", (DemoCall demo) => TypedResults.Ok(new { call = demo.Call })).ExcludeFromDescription();
        app.MapPost("/demo/tickets", Ticket).ExcludeFromDescription();
    }

    static async Task<IResult> Ticket(DemoTicket body, HttpContext context, DemoCall demo, GatewayOptions gateway, CancellationToken cancellationToken)
    {
        if (demo.Call is not { } call)
            return TypedResults.Problem("The demo call is being opened. Try again in a moment.", statusCode: StatusCodes.Status503ServiceUnavailable);
        // The key goes to this process only, never to whatever host the request names.
        using var calls = new CallsClient(demo.Address, gateway.ApiKeys.Values.First());
        try
        {
            var participant = $"guest-{Interlocked.Increment(ref guests)}";
            var (_, ticket) = await calls.Ticket(call, participant, string.IsNullOrWhiteSpace(body.Name) ? "Guest" : body.Name, body.Language ?? "en", cancellationToken);
            var socket = $"{(context.Request.IsHttps ? "wss" : "ws")}://{context.Request.Host}/v1/calls/{call}/socket";
            return TypedResults.Ok(new { call, participant, socket, ticket });
        }
        catch (CallRefusedException refused)
        {
            return TypedResults.Problem(refused.Message, title: refused.Code, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>Who wants in.</summary>
    sealed record DemoTicket(string? Language, string? Name);
}
