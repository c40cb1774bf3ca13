using System.Net.WebSockets;
using VoiceGrains.Gateway.Links;
using VoiceGrains.Gateway.Metrics;
using VoiceGrains.Gateway.Rest;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Protocol;

namespace VoiceGrains.Gateway.Sockets;

/// <summary>Lets a socket in: checks the ticket and the limits, then runs it to its end.</summary>
static class SocketEndpoint
{
    const string TicketPrefix = "ticket.";
    const string Cookie = "voicegrains-ticket";
    static readonly TimeSpan OnceLimit = TimeSpan.FromSeconds(60);

    public static void MapCallSocket(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/calls/{call}/socket", Handle).WithTags("Socket").WithSummary("The voicegrains.v1 WebSocket; see docs/protocol.md.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);

    static async Task<IResult> Handle(
        string call, HttpContext context, CallLinks links, CallSocketServices services, GatewayOptions options, GatewayMeters meters, IHostApplicationLifetime lifetime)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return Problems.Of(StatusCodes.Status426UpgradeRequired, "not-a-websocket", "Connect with a WebSocket and the subprotocol voicegrains.v1.");
        if (!context.WebSockets.WebSocketRequestedProtocols.Contains(ProtocolJson.Subprotocol))
            return Problems.BadRequest("no-subprotocol", "Offer the subprotocol voicegrains.v1.");
        if (Refusal(call, context, services, options, out var ticket) is { } refusal)
            return refusal;
        if (links.Connections >= options.MaxConnections)
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "gateway-full", "This gateway has as many connections as Gateway:MaxConnections allows.");
        if (links.Rent(ticket!.Call, options.MaxConnectionsOfCall) is not { } rented)
            return Problems.Of(StatusCodes.Status429TooManyRequests, "call-crowded", "This gateway has as many connections of this call as it may.");

        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
            {
                SubProtocol = ProtocolJson.Subprotocol,
                KeepAliveInterval = TimeSpan.FromSeconds(15),
                KeepAliveTimeout = TimeSpan.FromSeconds(15),
            });
            using var counted = meters.Connected();
            await new CallSocket(ticket, socket, rented.Gateway, rented.Link, services).Run(lifetime.ApplicationStopping);
        }
        catch (WebSocketException)
        {
            // The client went away while it was let in.
        }
        finally
        {
            await links.Return(ticket.Call, rented.Link);
        }

        return TypedResults.Empty;
    }

    static IResult? Refusal(string call, HttpContext context, CallSocketServices services, GatewayOptions options, out Ticket? ticket)
    {
        ticket = null;
        var isOwnOrigin = IsAllowed(context, options);
        var (token, isQuery) = TokenOf(context, isOwnOrigin);
        if (token is null)
        {
            return Problems.Of(
                StatusCodes.Status401Unauthorized,
                "no-ticket",
                "Send a ticket as subprotocol ticket.TICKET, as query value ticket (once only), or as cookie from an allowed origin. POST /v1/calls/{call}/tickets makes one.");
        }

        (ticket, var flaw) = services.Tickets.Verify(token);
        if (flaw is not null)
            return TicketProblems.Of(flaw.Value);
        if (ticket!.Call.Value != call)
            return TicketProblems.OfAnotherCall;
        // Queries stand in logs of proxies: what is read there must be worthless.
        if (isQuery && (ticket.OnceId is null || services.Time.GetUtcNow() - ticket.IssuedAt > OnceLimit))
            return Problems.Of(StatusCodes.Status401Unauthorized, "ticket-not-for-query", "In a query only tickets made with 'once' are taken, within 60 s.");
        return null;
    }

    static (string? Token, bool IsQuery) TokenOf(HttpContext context, bool mayUseCookie)
    {
        var offered = context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(static protocol => protocol.StartsWith(TicketPrefix, StringComparison.Ordinal));
        if (offered is not null)
            return (offered[TicketPrefix.Length..], false);
        if (context.Request.Query.TryGetValue("ticket", out var queried))
            return (queried.ToString(), true);
        return (mayUseCookie ? context.Request.Cookies[Cookie] : null, false);
    }

    // Browsers send cookies from any page, so only pages that are known may use them.
    static bool IsAllowed(HttpContext context, GatewayOptions options)
    {
        var origin = context.Request.Headers.Origin.ToString();
        return origin == $"{context.Request.Scheme}://{context.Request.Host}" || options.Origins.Contains(origin);
    }
}
