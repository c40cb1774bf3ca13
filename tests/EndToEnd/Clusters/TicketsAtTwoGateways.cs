using VoiceGrains.Client;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.EndToEnd.Clusters;

/// <summary>Passes are worth the same at every gateway, and no more than once where they are for once.</summary>
[Collection(CallsClusterCollection.Name)]
public sealed class TicketsAtTwoGateways(CallsCluster cluster)
{
    [Fact]
    public async Task A_ticket_for_once_that_is_used_at_two_gateways_at_once_lets_one_in()
    {
        var (here, there) = await cluster.Open();
        await using var _ = here;
        await using var __ = there;
        var witness = await here.Join("witness", "es");
        var (_, answer) = await cluster.FirstGateway.Post($"/v1/calls/{here.Id}/tickets", new { participant = "guest", language = "en", once = true });
        var ticket = answer.GetProperty("ticket").GetString()!;

        var tries = await Task.WhenAll(Try(here, cluster.FirstGateway, ticket), Try(there, cluster.SecondGateway, ticket));

        // The second is refused, or replaces the first, which is told so.
        var connected = tries.Select(static tried => tried.Client).OfType<CallClient>().ToList();
        Assert.All(tries.Where(static tried => tried.Client is null), static tried => Assert.Equal("ticket-used", tried.Refused));
        await witness.Until("one is in", () => connected.Count(static client => client.CloseCode is null) == 1);
        Assert.All(connected.Where(static client => client.CloseCode is not null), static client => Assert.Equal(CloseCode.Replaced, client.CloseCode));
        Assert.Equal("ticket-used", (await Try(here, cluster.FirstGateway, ticket)).Refused);
        await connected.Single(static client => client.CloseCode is null).Say("one of me");
        await witness.Until("the one speaks", () => witness.HeardWords == "one·es of·es me·es");
        foreach (var client in connected)
            await client.DisposeAsync();
    }

    [Fact]
    public async Task A_resume_token_is_worth_nothing_in_another_call_or_after_a_newer_one()
    {
        var (here, there) = await cluster.Open();
        var (other, _) = await cluster.Open();
        await using var _ = here;
        await using var __ = there;
        await using var ___ = other;
        var first = await here.Join("ben", "en");

        var elsewhere = await Assert.ThrowsAsync<CallRefusedException>(() => other.Reconnect(first, new Hello("en")));
        var second = await there.Reconnect(first, new Hello("en"));
        var third = await here.Reconnect(second, new Hello("en"));
        var older = await Assert.ThrowsAsync<CallRefusedException>(() => there.Reconnect(first, new Hello("en")));

        Assert.Equal("http-403", elsewhere.Code);
        Assert.Equal("replaced", older.Code);
        Assert.False(third.IsOver);
    }

    static async Task<(CallClient? Client, string? Refused)> Try(TestCall call, Uri gateway, string ticket)
    {
        try
        {
            var socket = new Uri($"ws://{gateway.Authority}/v1/calls/{call.Id}/socket");
            return (await CallClient.Connect(socket, ticket, new Hello("en"), TimeProvider.System, CancellationToken.None), null);
        }
        catch (CallRefusedException refused)
        {
            return (null, refused.Code);
        }
    }
}
