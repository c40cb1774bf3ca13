using Microsoft.Playwright;
using VoiceGrains.Calls;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Browser.Calls;

/// <summary>An invitation lets in, or the page says why not.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class Invitations(ScriptedSilo scripted, Chromium chromium)
{
    Uri Gateway => scripted.Silo.Address;

    [Fact]
    public async Task One_that_has_expired_says_so()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var visitor = await chromium.Open(Entering.Invitation(Gateway, ExpiredTicket(call)), Look.Phone);

        await Assertions.Expect(visitor["#problemTitle"]).ToHaveTextAsync("This invitation has expired");
        await visitor.Picture("expired");
        Assert.DoesNotContain(visitor.Problems, static problem => !problem.Contains("401", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "You need an invitation")]
    [InlineData("#ticket=eyJ.something.else", "This link does not work")]
    [InlineData("#ticket=<img src=x onerror=alert(1)>", "This link does not work")]
    public async Task One_that_is_none_says_so(string hash, string expected)
    {
        await using var visitor = await chromium.Open(new Uri(Gateway, "/join" + hash));

        await Assertions.Expect(visitor["#problemTitle"]).ToHaveTextAsync(expected);
    }

    [Fact]
    public async Task A_call_that_is_over_says_so()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var (_, ticket) = await call.Ticket("nora", "en");
        await call.End();

        await using var visitor = await chromium.Open(Entering.Invitation(Gateway, ticket));

        await Assertions.Expect(visitor["#problemTitle"]).ToHaveTextAsync("The call is over");
    }

    [Fact]
    public async Task The_ticket_does_not_stay_in_the_address_and_is_sent_in_none()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var (_, ticket) = await call.Ticket("nora", "en");
        await using var visitor = await chromium.Begin();
        var addresses = new List<string>();
        visitor.Page.Request += (_, request) => addresses.Add(request.Url);
        visitor.Page.WebSocket += (_, socket) => addresses.Add(socket.Url);

        await visitor.Page.GotoAsync(Entering.Invitation(Gateway, ticket).ToString());
        await visitor["#joinTyping"].ClickAsync();
        await visitor.IsIn();
        await visitor.Page.ReloadAsync();

        // It is still known to this window.
        await Assertions.Expect(visitor["#before"]).ToBeVisibleAsync();
        Assert.Equal(new Uri(Gateway, "/join").ToString(), visitor.Page.Url);
        Assert.DoesNotContain(addresses.Where(static address => !address.Contains("/join#", StringComparison.Ordinal)), address => address.Contains(ticket, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "Dr. Nora")]
    [InlineData(false, "nora")]
    public async Task Names_are_chosen_where_the_invitation_lets_one(bool mayChoose, string shown)
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es");
        var (_, made) = await Gateway.Post($"/v1/calls/{call.Id}/tickets", new { participant = "nora", language = "en", chooseName = mayChoose });
        await using var visitor = await chromium.Open(Entering.Invitation(Gateway, made.GetProperty("ticket").GetString()!));
        await Assertions.Expect(visitor["#before"]).ToBeVisibleAsync();
        if (mayChoose)
            await visitor["#name"].FillAsync("Dr. Nora");
        else
            await Assertions.Expect(visitor["#name"]).ToHaveAttributeAsync("readonly", "");
        await visitor.Picture(mayChoose ? "before" : "before-named");

        await visitor["#joinTyping"].ClickAsync();

        await ana.Until<VoiceGrains.Protocol.RosterMessage>("Nora by her name", roster => roster.Participants.Any(entry => entry.Name == shown));
    }

    static string ExpiredTicket(TestCall call)
    {
        var time = TimeProvider.System;
        var expired = time.GetUtcNow() - TimeSpan.FromMinutes(5);
        return new TicketSigner(new TicketOptions { Key = SiloProcess.TicketKey }, time).Sign(new Ticket(
            TicketUse.Join,
            new TenantId(SiloProcess.Tenant),
            new CallId(call.Id),
            new ParticipantId("nora"),
            "Nora",
            Language.Parse("en"),
            Rights.Listen | Rights.Speak,
            expired - TimeSpan.FromHours(1),
            expired));
    }
}
