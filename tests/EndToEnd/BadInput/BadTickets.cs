using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.BadInput;

/// <summary>Whoever comes without a good ticket stays outside, and is told why.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class BadTickets(ScriptedSilo scripted)
{
    static readonly HttpClient Http = new();

    public static TheoryData<string, HttpStatusCode, string> Bad => new()
    {
        { "none", HttpStatusCode.Unauthorized, "no-ticket" },
        { "nonsense", HttpStatusCode.Unauthorized, "ticket-malformed" },
        { "forged", HttpStatusCode.Unauthorized, "ticket-not-ours" },
        { "none-algorithm", HttpStatusCode.Unauthorized, "ticket-malformed" },
        { "expired", HttpStatusCode.Unauthorized, "ticket-expired" },
        { "of-another-call", HttpStatusCode.Forbidden, "ticket-of-another-call" },
        { "in-a-query", HttpStatusCode.Unauthorized, "ticket-not-for-query" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_ticket_is_refused_with_its_name_and_a_trace_id(string flaw, HttpStatusCode status, string code)
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var other = await TestCall.Open(scripted.Silo);
        var good = (await call.Ticket("mallory", "en")).Ticket;
        var ticket = flaw switch
        {
            "none" => null,
            "nonsense" => "nonsense",
            "forged" => Signed(Body(good), "another key that has also 48 bytes, but is not ours"),
            "none-algorithm" => $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{good.Split('.')[1]}.",
            "expired" => Signed(Expired(Body(good)), SiloProcess.TicketKey),
            "of-another-call" => (await other.Ticket("mallory", "en")).Ticket,
            _ => good,
        };

        var (answered, problem) = await Upgrade(call.Id, ticket, inQuery: flaw == "in-a-query");

        Assert.Equal((status, code), (answered, problem.GetProperty("title").GetString()));
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
    }

    [Fact]
    public async Task A_ticket_that_works_once_works_in_a_query_and_once()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var (_, answer) = await scripted.Silo.Address.Post($"/v1/calls/{call.Id}/tickets", new { participant = "guest", language = "en", once = true });
        var socket = new Uri($"{answer.GetProperty("socket").GetString()}?ticket={answer.GetProperty("ticket").GetString()}");
        await using var first = await RawSocket.Open(socket, ProtocolJson.Subprotocol);
        await first.Send("""{"type":"hello"}""");
        await first.Until<Welcome>("the welcome");

        await using var second = await RawSocket.Open(socket, ProtocolJson.Subprotocol);
        await second.Send("""{"type":"hello"}""");
        var (errors, close) = await second.UntilClosed();

        Assert.Equal(("ticket-used", CloseCode.TicketRefused), (Assert.Single(errors).Code, close));
    }

    static JsonObject Body(string ticket)
    {
        var part = ticket.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonNode.Parse(Convert.FromBase64String(part.PadRight((part.Length + 3) / 4 * 4, '=')))!.AsObject();
    }

    static JsonObject Expired(JsonObject body)
    {
        body["iat"] = body["iat"]!.GetValue<long>() - 7_200;
        body["exp"] = body["exp"]!.GetValue<long>() - 7_200;
        if (body.ContainsKey("nbf"))
            body["nbf"] = body["nbf"]!.GetValue<long>() - 7_200;
        return body;
    }

    static string Signed(JsonObject body, string key)
    {
        var signed = $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{Encode(body.ToJsonString())}";
        return $"{signed}.{Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(signed)))}";
    }

    static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    async Task<(HttpStatusCode Status, JsonElement Problem)> Upgrade(string call, string? ticket, bool inQuery)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(scripted.Silo.Address, $"/v1/calls/{call}/socket{(inQuery ? $"?ticket={ticket}" : "")}"));
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)));
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Protocol", ProtocolJson.Subprotocol + (ticket is null || inQuery ? "" : $", ticket.{ticket}"));
        using var response = await Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}
