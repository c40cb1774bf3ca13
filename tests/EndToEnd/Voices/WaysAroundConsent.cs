using System.Text;
using System.Text.Json;
using VoiceGrains.Client;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Voices;

/// <summary>Each way to clone or use somebody's voice without their consent, tried from outside.</summary>
public sealed class WaysAroundConsent(VoiceSilo voices) : IClassFixture<VoiceSilo>
{
    const string OtherKey = SiloProcess.ApiKey + "-of-another-tenant";

    [Fact]
    public async Task Nothing_leaves_the_product_without_a_consent_of_the_person()
    {
        var voice = new VoiceOverRest(voices.Silo, "voice-none");
        await voice.Create();
        var sent = voices.Vendor.Sent;

        (int Status, JsonElement Body)[] answers =
        [
            await voice.Sample(),
            await voice.Clone(),
            await voice.Consent(by: "bob"),
            await voice.Consent(recording: [1, 2, 3]),
            await voice.Consent(more: ("expiresAt", "2020-01-01T00:00:00Z")),
            await voice.Consent(more: ("text", "no")),
            await voice.Consent(more: ("wording", "")),
            await voice.Consent(by: ""),
            await voice.Sample(),
            await voice.Clone(),
        ];

        Assert.Equal(
            [
                "403 consent-missing", "403 consent-missing", "403 consent-of-another-person", "422 recording-unfit", "400 bad-expires-at", "400 bad-text",
                "400 bad-wording", "400 bad-person", "403 consent-missing", "403 consent-missing",
            ],
            answers.Select(Named));
        Assert.Equal("draft", (await voice.Get()).Body.GetProperty("status").GetString());
        Assert.Equal(sent, voices.Vendor.Sent);
    }

    [Fact]
    public async Task After_revocation_there_is_no_way_on()
    {
        var voice = new VoiceOverRest(voices.Silo, "voice-revoked");
        await voice.MakeReady();
        await voice.Revoke();
        var sent = voices.Vendor.Sent;

        Assert.Equal("403 consent-revoked", Named(await voice.Sample()));
        Assert.Equal("403 consent-revoked", Named(await voice.Clone()));

        await voice.UntilClean();
        Assert.Equal(sent, voices.Vendor.Sent);
        Assert.Empty(voices.Vendor.VoicesOf("voice-revoked"));
    }

    [Fact]
    public async Task Another_tenant_finds_nothing()
    {
        await new VoiceOverRest(voices.Silo, "voice-tenant").MakeReady();
        var other = new VoiceOverRest(voices.Silo, "voice-tenant", key: OtherKey);
        var (_, call) = await voices.Silo.Address.Send(HttpMethod.Post, "/v1/calls", new StringContent("{}", Encoding.UTF8, "application/json"), OtherKey);

        (int Status, JsonElement Body)[] answers =
        [
            await other.Get(), await other.Consent(), await other.Sample(), await other.Clone(), await other.Revoke(), await other.Delete(),
            await other.Ticket(TestCall.Of(voices.Silo, call.GetProperty("call").GetString()!), "ana"),
        ];

        Assert.All(answers, static answer => Assert.Equal("404 voice-unknown", Named(answer)));
        Assert.Equal("ready", (await new VoiceOverRest(voices.Silo, "voice-tenant").Get()).Body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_profile_of_the_same_name_of_another_tenant_has_its_own_consent()
    {
        await new VoiceOverRest(voices.Silo, "voice-twin").MakeReady();
        var other = new VoiceOverRest(voices.Silo, "voice-twin", key: OtherKey);
        await other.Create();

        Assert.Equal("403 consent-missing", Named(await other.Clone()));
    }

    [Fact]
    public async Task A_ticket_is_made_for_the_voice_of_this_person_only()
    {
        var voice = new VoiceOverRest(voices.Silo, "voice-ticket");
        await voice.MakeReady();
        await using var call = await TestCall.Open(voices.Silo);

        Assert.Equal("403 voice-of-another-person", Named(await voice.Ticket(call, "bob", of: "bob")));
        Assert.Equal("404 voice-unknown", Named(await new VoiceOverRest(voices.Silo, "voice-nowhere").Ticket(call, "ana")));
        Assert.Equal("400 bad-voice", Named(await new VoiceOverRest(voices.Silo, "stock-male").Ticket(call, "ana")));
    }

    [Fact]
    public async Task A_hello_can_not_take_what_the_ticket_does_not_give()
    {
        var voice = new VoiceOverRest(voices.Silo, "voice-hello");
        await voice.MakeReady();
        var second = new VoiceOverRest(voices.Silo, "voice-second", person: "bob");
        await second.MakeReady();
        await using var call = await TestCall.Open(voices.Silo);
        var (socket, without) = await call.Ticket("mallory", "en");
        var (_, body) = await voice.Ticket(call, "ana");
        var with = body.GetProperty("ticket").GetString()!;

        Assert.Equal("voice-not-yours", await Refusal(socket, without, """{"type":"hello","voice":"voice-hello"}"""));
        Assert.Equal("voice-not-yours", await Refusal(socket, with, """{"type":"hello","voice":"voice-second"}"""));
        Assert.Equal("bad-voice", await Refusal(socket, with, """{"type":"hello","voice":"demo/voice-second"}"""));
    }

    [Fact]
    public async Task A_ticket_whose_voice_was_changed_is_not_ours()
    {
        var voice = new VoiceOverRest(voices.Silo, "voice-forged");
        await voice.MakeReady();
        await using var call = await TestCall.Open(voices.Silo);
        var (_, body) = await voice.Ticket(call, "ana");
        var parts = body.GetProperty("ticket").GetString()!.Split('.');
        var claims = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])).Replace("voice-forged", "voice-others", StringComparison.Ordinal);
        var forged = $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.{parts[2]}";

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => RawSocket.Open(new Uri(body.GetProperty("socket").GetString()!), ProtocolJson.Subprotocol, "ticket." + forged));

        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
    }

    static string Named((int Status, JsonElement Body) answer) => $"{answer.Status} {answer.Body.GetProperty("title").GetString()}";

    static async Task<string> Refusal(Uri socket, string ticket, string hello)
    {
        await using var raw = await RawSocket.Open(socket, ProtocolJson.Subprotocol, "ticket." + ticket);
        await raw.Send(hello);
        var (errors, code) = await raw.UntilClosed();
        Assert.Equal(CloseCode.ProtocolError, code);
        return Assert.Single(errors).Code;
    }
}
