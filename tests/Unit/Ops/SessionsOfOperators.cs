using VoiceGrains.Gateway.Ops;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Ops;

/// <summary>What a browser gets in the place of the token.</summary>
public sealed class SessionsOfOperators
{
    const string Token = "a-token-of-the-tests-only-0";

    readonly ManualTime _time = new();

    [Fact]
    public void A_session_is_taken_until_it_is_over_and_not_later()
    {
        var access = Access();
        var cookie = access.Sign(access.Begin());

        _time.Advance(OpsAccess.Validity - TimeSpan.FromSeconds(1));
        Assert.NotNull(access.Verify(cookie));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(access.Verify(cookie));
    }

    [Fact]
    public void Every_gateway_with_the_same_keys_takes_it() => Assert.NotNull(Access().Verify(Access().Sign(Access().Begin())));

    [Fact]
    public void A_new_token_ends_every_session() => Assert.Null(Access(Token + "-new").Verify(Access().Sign(Access().Begin())));

    [Fact]
    public void Another_key_of_tickets_ends_it_unless_it_is_known_as_the_one_before()
    {
        var cookie = Access().Sign(Access().Begin());

        Assert.Null(Access(key: "another key").Verify(cookie));
        Assert.NotNull(Access(key: "another key", previous: "the key").Verify(cookie));
    }

    [Fact]
    public void It_can_not_be_changed_anywhere()
    {
        var access = Access();
        var cookie = access.Sign(access.Begin());

        for (var at = 0; at < cookie.Length; at++)
        {
            // The last letter holds two bits that say nothing.
            var other = (char)(cookie[at] == 'A' ? 'B' : cookie[at] == 'B' ? 'Q' : 'A');
            var forged = cookie[..at] + other + cookie[(at + 1)..];
            Assert.Null(access.Verify(forged));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64 at all !!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_session_is_none(string cookie) => Assert.Null(Access().Verify(cookie));

    [Fact]
    public void Only_the_token_is_the_token()
    {
        Assert.True(Access().IsToken(Token));
        Assert.False(Access().IsToken(Token[..^1]));
        Assert.False(Access().IsToken(""));
    }

    [Fact]
    public void Without_a_token_nobody_gets_in()
    {
        var off = new OpsAccess(new OpsOptions(), new TicketOptions { Key = "the key" }, _time);

        Assert.False(off.IsOn);
        Assert.False(off.IsToken(""));
        Assert.Null(off.Verify(Access().Sign(Access().Begin())));
    }

    [Theory]
    [InlineData("too-short")]
    [InlineData("with spaces in it, which is long enough")]
    public void A_token_that_can_not_be_used_is_named(string token)
    {
        Assert.Null(new OpsOptions { Token = token }.Read(out var mistake));
        Assert.Contains("Ops:Token", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain(token, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_may_stand_in_a_file_and_a_file_that_is_not_there_is_named()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, Token + "\n");

        Assert.Equal(Token, new OpsOptions { TokenFile = file }.Read(out _));
        File.Delete(file);
        Assert.Null(new OpsOptions { TokenFile = file }.Read(out var mistake));
        Assert.Contains("Ops:TokenFile", mistake, StringComparison.Ordinal);
    }

    OpsAccess Access(string token = Token, string key = "the key", string? previous = null) =>
        new(new OpsOptions { Token = token }, new TicketOptions { Key = key, PreviousKey = previous }, _time);
}
