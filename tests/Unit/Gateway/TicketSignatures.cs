using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FsCheck.Fluent;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>Only what this cluster signed, with the one algorithm it signs with, is a ticket.</summary>
public sealed class TicketSignatures
{
    readonly ManualTime _time = new();

    [Fact]
    public void A_signed_ticket_comes_back_as_it_was()
    {
        var ticket = TicketForge.TicketAt(_time);

        var (read, flaw) = Signer.Verify(Signer.Sign(ticket));

        Assert.Null(flaw);
        Assert.Equal(ticket, read);
    }

    // The example of jwt.io, made by others. Its claims are not ours, so it is malformed once its signature is found to be good.
    [Theory]
    [InlineData("your-256-bit-secret", nameof(TicketFlaw.Malformed))]
    [InlineData("your-256-bit-secreT", nameof(TicketFlaw.NotOurs))]
    public void Signatures_are_those_of_other_makers_of_HS256(string key, string expected)
    {
        const string Token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ"
            + ".SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";

        var (_, flaw) = TicketForge.SignerAt(_time, key).Verify(Token);

        Assert.Equal(expected, flaw.ToString());
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"None","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS512","typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT"}""")]
    [InlineData("""{"alg":"hs256","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT","crit":["exp"]}""")]
    [InlineData("""{"alg":"HS256","alg":"none"}""")]
    [InlineData("""{"alg":"HS256","jwk":{"kty":"oct"}}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("null")]
    [InlineData("[]")]
    public void Another_header_is_refused_even_when_the_signature_fits(string header)
    {
        var (ticket, flaw) = Signer.Verify(TicketForge.Sign(header, TicketForge.ClaimsAt(_time)));

        Assert.Null(ticket);
        Assert.Equal(TicketFlaw.NotOurs, flaw);
    }

    [Fact]
    public void A_signature_by_HS512_with_the_right_key_is_refused()
    {
        var signed = $"{TicketForge.Encode("""{"alg":"HS512","typ":"JWT"}""")}.{TicketForge.Encode(TicketForge.ClaimsAt(_time))}";
        var hash = HMACSHA512.HashData(Encoding.UTF8.GetBytes(TicketForge.Key), Encoding.ASCII.GetBytes(signed));

        var (_, flaw) = Signer.Verify($"{signed}.{Base64Url.EncodeToString(hash)}");

        Assert.Equal(TicketFlaw.NotOurs, flaw);
    }

    [Fact]
    public void An_unsigned_ticket_is_refused()
    {
        var (_, flaw) = Signer.Verify($"{TicketForge.Encode("""{"alg":"none"}""")}.{TicketForge.Encode(TicketForge.ClaimsAt(_time))}.");

        Assert.Equal(TicketFlaw.Malformed, flaw);
    }

    [Fact]
    public void A_ticket_of_another_cluster_is_refused()
    {
        var foreign = TicketForge.SignerAt(_time, "the secret of another cluster, just as long");

        var (_, flaw) = Signer.Verify(foreign.Sign(TicketForge.TicketAt(_time)));

        Assert.Equal(TicketFlaw.NotOurs, flaw);
    }

    [Theory]
    [InlineData("acme", "evil")]
    [InlineData("local-k3v9x2m4q7ab", "local-zzzzzzzzzzzz")]
    [InlineData("\"sub\":\"ana\"", "\"sub\":\"bob\"")]
    [InlineData("\"rights\":3", "\"rights\":7")]
    public void A_changed_claim_needs_another_signature(string old, string changed)
    {
        var parts = TicketForge.Sign(TicketForge.Header, TicketForge.ClaimsAt(_time)).Split('.');
        var body = TicketForge.Encode(TicketForge.ClaimsAt(_time, (old, changed)));

        var (_, flaw) = Signer.Verify($"{parts[0]}.{body}.{parts[2]}");

        Assert.Equal(TicketFlaw.NotOurs, flaw);
    }

    [Fact]
    public void The_previous_key_is_taken_for_reading_and_never_for_signing()
    {
        var before = TicketForge.SignerAt(_time, "the secret of last month, 32 bytes and more");
        var changing = TicketForge.SignerAt(_time, TicketForge.Key, "the secret of last month, 32 bytes and more");

        Assert.Null(changing.Verify(before.Sign(TicketForge.TicketAt(_time))).Flaw);
        Assert.Equal(TicketFlaw.NotOurs, before.Verify(changing.Sign(TicketForge.TicketAt(_time))).Flaw);
    }

    [Fact]
    public void Any_single_changed_character_is_refused()
    {
        var token = Signer.Sign(TicketForge.TicketAt(_time));
        var changes = from at in Gen.Choose(0, token.Length - 1)
                      from letter in Gen.Elements("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ".ToCharArray())
                      select (at, letter);

        Law.Holds(
            changes.Where(change => token[change.at] != change.letter),
            change => Signer.Verify(token[..change.at] + change.letter + token[(change.at + 1)..]).Ticket is null,
            cases: 2_000);
    }

    TicketSigner Signer => TicketForge.SignerAt(_time);
}
