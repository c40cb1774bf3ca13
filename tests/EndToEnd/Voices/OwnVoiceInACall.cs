using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.EndToEnd.Voices;

/// <summary>Somebody speaks with their own voice, and takes it back while they speak.</summary>
public sealed class OwnVoiceInACall(VoiceSilo voices) : IClassFixture<VoiceSilo>
{
    [Fact]
    public async Task Others_hear_the_own_voice_until_the_consent_is_taken_back()
    {
        var voice = new VoiceOverRest(voices.Silo, "voice-sentences");
        await voice.MakeReady();
        await using var call = await TestCall.Open(voices.Silo);
        var ben = await call.Join("ben", "es");
        var ana = await voice.Join(call, "ana", new Hello("en"));
        var id = Assert.Single(voices.Vendor.VoicesOf("voice-sentences"));

        await ana.Speak("with my voice");
        await ben.Until("the own voice", () => ben.HeardWords == $"with·es@{id} my·es@{id} voice·es@{id}");
        Assert.Equal(202, (await voice.Revoke()).Status);
        await ana.Speak("without it");
        await ben.Until("the stock voice", () => ben.HeardWords.EndsWith("without·es it·es", StringComparison.Ordinal));

        await voice.UntilClean();
        Assert.Empty(voices.Vendor.VoicesOf("voice-sentences"));
        Assert.Equal("revoked", (await voice.Get()).Body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Within_a_sentence_the_next_clause_is_spoken_by_the_stock_voice()
    {
        var voice = new VoiceOverRest(voices.Silo, "voice-clauses");
        await voice.MakeReady();
        await using var call = await TestCall.Open(voices.Silo);
        var ben = await call.Join("ben", "es");
        var ana = await voice.Join(call, "ana", new Hello("en"));

        // Each clause is 1.5 s of speech.
        await ana.Client.Say(string.Join(' ', Enumerable.Range(1, 5).Select(clause => string.Join(' ', Enumerable.Range(1, 15).Select(word => $"w{clause}x{word}")) + ",")));
        await ben.Until("the first clause", () => ben.All<SpeechBegin>().Any());
        await voice.Revoke();
        var begun = ben.All<SpeechBegin>().Count();
        await ben.Until("all clauses", () => ben.All<SpeechEnd>().Count() == 5);

        Assert.InRange(begun, 1, 4);
        var heard = ben.HeardWords.Split(' ');
        Assert.Equal(75, heard.Length);
        Assert.Contains('@', heard[0]);
        // The gateway may have told of one more that had begun before.
        Assert.All(heard.Skip((begun + 1) * 15), static word => Assert.DoesNotContain('@', word));
        Assert.True(heard.Count(static word => !word.Contains('@')) >= 15, "The stock voice spoke no clause.");
    }

    [Fact]
    public async Task A_ticket_and_a_token_from_before_do_not_bring_the_voice_back()
    {
        var voice = new VoiceOverRest(voices.Silo, "voice-tokens");
        await voice.MakeReady();
        await using var call = await TestCall.Open(voices.Silo);
        var ben = await call.Join("ben", "es");
        var ana = await voice.Join(call, "ana", new Hello("en"));
        var (_, before) = await voice.Ticket(call, "eve");

        await voice.Delete();
        var again = await call.Reconnect(ana, new Hello("en", Voice: "voice-tokens"));
        await again.Speak("by token");
        await ben.Until("the stock voice", () => ben.HeardWords == "by·es token·es");
        var eve = await call.Connect(new Uri(before.GetProperty("socket").GetString()!), before.GetProperty("ticket").GetString()!, new Hello("en"));
        await eve.Speak("by ticket");

        await ben.Until("the stock voice again", () => ben.HeardWords == "by·es token·es by·es ticket·es");
        Assert.Equal(409, (await voice.Ticket(call, "ana")).Status);
    }

    [Fact]
    public async Task A_voice_that_waits_for_verification_is_replaced_by_the_stock_voice()
    {
        voices.Vendor.Tell("requires-verification");
        var voice = new VoiceOverRest(voices.Silo, "voice-unverified");
        await voice.Create();
        await voice.Consent();
        await voice.Sample();
        await voice.Clone();
        await voice.Until("requires-verification");
        await using var call = await TestCall.Open(voices.Silo);
        var ben = await call.Join("ben", "es");
        var ana = await voice.Join(call, "ana", new Hello("en"));

        await ana.Speak("not yet");

        await ben.Until("the stock voice", () => ben.HeardWords == "not·es yet·es");
        // Not before: a sweep that looked meanwhile would find the voice verified, and from then on it is heard.
        voices.Vendor.TellNoMore("requires-verification");
    }

    [Fact]
    public async Task An_effect_changes_the_sound_and_nothing_else()
    {
        await using var call = await TestCall.Open(voices.Silo);
        var ben = await call.Join("ben", "es");
        var ana = await call.Join("ana", new Hello("en", Voice: "stock-male-deep+telephone"));

        await ana.Speak("over the telephone");
        await ben.Until("the last caption", () => ben.Finals("es") is ["over·es the·es telephone·es"]);
        await ben.Until("the speech", () => ben.HeardAudio(FrameKind.Speech).Length == 3 * 3_200);

        Assert.Equal("", ben.HeardWords);
    }
}
