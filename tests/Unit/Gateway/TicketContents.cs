using FsCheck.Fluent;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>What a well signed ticket must hold, when it is good, and that nothing that is read as one can do harm.</summary>
public sealed class TicketContents
{
    readonly ManualTime _time = new();

    [Fact]
    public void A_ticket_is_good_until_its_end_and_no_longer_than_the_clocks_may_differ()
    {
        var token = Signer.Sign(TicketForge.TicketAt(_time));

        _time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(4));
        Assert.Null(Signer.Verify(token).Flaw);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TicketFlaw.Expired, Signer.Verify(token).Flaw);
    }

    [Fact]
    public void A_ticket_from_the_future_has_to_wait()
    {
        var ahead = new ManualTime();
        ahead.Advance(TimeSpan.FromSeconds(6));
        var token = TicketForge.SignerAt(ahead).Sign(TicketForge.TicketAt(ahead));

        Assert.Equal(TicketFlaw.TooEarly, Signer.Verify(token).Flaw);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Signer.Verify(token).Flaw);
    }

    [Fact]
    public void A_ticket_may_last_until_the_last_moment_of_the_calendar()
    {
        var ticket = TicketForge.TicketAt(_time) with { ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(253_402_300_799) };

        var (read, flaw) = Signer.Verify(Signer.Sign(ticket));

        Assert.Null(flaw);
        Assert.Equal(ticket, read);
    }

    [Theory]
    [InlineData("\"iss\":\"voicegrains\",", "")]
    [InlineData("\"tenant\":\"acme\",", "")]
    [InlineData("\"call\":\"local-k3v9x2m4q7ab\",", "")]
    [InlineData("\"sub\":\"ana\",", "")]
    [InlineData("\"name\":\"Ana\",", "")]
    [InlineData("\"rights\":3,", "")]
    public void A_missing_claim_is_refused(string claim, string nothing) => AssertMalformed((claim, nothing));

    [Theory]
    [InlineData("\"iss\":\"voicegrains\"", "\"iss\":\"somebody\"")]
    [InlineData("\"use\":\"join\"", "\"use\":\"admin\"")]
    [InlineData("\"tenant\":\"acme\"", "\"tenant\":\"Acme/other\"")]
    [InlineData("\"call\":\"local-k3v9x2m4q7ab\"", "\"call\":\"../other\"")]
    [InlineData("\"sub\":\"ana\"", "\"sub\":\"ana/bob\"")]
    [InlineData("\"sub\":\"ana\"", "\"sub\":\"ana\\n\"")]
    [InlineData("\"lang\":\"es\"", "\"lang\":\"spanish language\"")]
    [InlineData("\"name\":\"Ana\"", "\"name\":null")]
    [InlineData("\"rights\":3", "\"rights\":\"3\"")]
    [InlineData("\"iat\":", "\"iat\":-")]
    [InlineData("\"exp\":", "\"exp\":9999999")]
    [InlineData("{\"iss\"", "{\"aud\":\"another\",\"iss\"")]
    [InlineData("{\"iss\"", "{\"tenant\":\"evil\",\"iss\"")]
    [InlineData("{\"iss\"", "[{\"iss\"")]
    [InlineData("{\"iss\"", "{\"voice\":\"voice-1\",\"iss\"")]
    [InlineData("{\"iss\"", "{\"person\":\"ana\",\"iss\"")]
    [InlineData("{\"iss\"", "{\"voice\":\"other/voice-1\",\"person\":\"ana\",\"iss\"")]
    [InlineData("{\"iss\"", "{\"voice\":\"voice-1\",\"person\":\"a b\",\"iss\"")]
    [InlineData("{\"iss\"", "{\"interpreting\":\"slow\",\"iss\"")]
    public void A_claim_that_is_wrong_unknown_or_doubled_is_refused(string claim, string changed) => AssertMalformed((claim, changed));

    [Fact]
    public void A_ticket_carries_the_own_voice_and_whose_it_is()
    {
        var ticket = TicketForge.TicketAt(_time) with { Voice = "voice-1", Person = new PersonId("ana.example") };

        Assert.Equal(ticket, Signer.Verify(Signer.Sign(ticket)).Ticket);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(VoiceGrains.Engines.Interpreting.Balanced)]
    [InlineData(VoiceGrains.Engines.Interpreting.Fast)]
    [InlineData(VoiceGrains.Engines.Interpreting.Safe)]
    public void A_ticket_carries_how_eagerly_its_speaker_is_interpreted(VoiceGrains.Engines.Interpreting? interpreting)
    {
        var ticket = TicketForge.TicketAt(_time) with { Interpreting = interpreting };

        Assert.Equal(ticket, Signer.Verify(Signer.Sign(ticket)).Ticket);
    }

    [Theory]
    [InlineData("=")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData(".")]
    [InlineData("A")]
    public void Nothing_may_follow_a_ticket(string rest)
    {
        var token = Signer.Sign(TicketForge.TicketAt(_time));

        Assert.NotNull(Signer.Verify(token + rest).Flaw);
    }

    [Fact]
    public void Another_spelling_of_the_same_bytes_is_refused()
    {
        // The last letter of 32 bytes has two spare bits: four letters decode to the same bytes.
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var token = Signer.Sign(TicketForge.TicketAt(_time));
        var last = Alphabet.IndexOf(token[^1], StringComparison.Ordinal);

        var others = Enumerable.Range(1, 3).Select(spare => token[..^1] + Alphabet[last ^ spare]);

        Assert.All(others, other => Assert.Equal(TicketFlaw.Malformed, Signer.Verify(other).Flaw));
    }

    [Fact]
    public void A_huge_token_is_refused()
    {
        var body = TicketForge.ClaimsAt(_time, ("\"name\":\"Ana\"", $"\"name\":\"{new string('a', 4_096)}\""));

        Assert.Equal(TicketFlaw.Malformed, Signer.Verify(TicketForge.Sign(TicketForge.Header, body)).Flaw);
        Assert.Equal(TicketFlaw.Malformed, Signer.Verify(new string('.', 1_000_000)).Flaw);
    }

    [Fact]
    public void Whatever_is_given_as_a_ticket_is_refused_with_a_flaw() =>
        Law.Holds(Any.Text, text => Signer.Verify(text) is { Ticket: null, Flaw: not null }, cases: 1_000);

    [Fact]
    public void Whatever_is_signed_is_read_or_refused() =>
        Law.Holds(Any.Text, body => Signer.Verify(TicketForge.Sign(TicketForge.Header, body)).Flaw is not null, cases: 500);

    TicketSigner Signer => TicketForge.SignerAt(_time);

    void AssertMalformed((string Old, string New) change)
    {
        var (ticket, flaw) = Signer.Verify(TicketForge.Sign(TicketForge.Header, TicketForge.ClaimsAt(_time, change)));

        Assert.Null(ticket);
        Assert.Equal(TicketFlaw.Malformed, flaw);
    }
}
