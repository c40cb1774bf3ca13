using System.Net;
using VoiceGrains.Gateway.Ops;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Ops;

/// <summary>Whoever guesses the token is slowed down, and nobody else.</summary>
public sealed class WrongTokens
{
    static readonly IPAddress Guesser = IPAddress.Parse("192.0.2.1");

    readonly ManualTime _time = new();
    readonly LoginAttempts _attempts;

    public WrongTokens() => _attempts = new LoginAttempts(_time);

    [Fact]
    public void Five_wrong_ones_are_let_through_and_then_one_in_ten_seconds()
    {
        Assert.Equal(5, Guess(20));

        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(0, Guess(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Guess(20));
    }

    [Fact]
    public void Another_address_is_not_kept_waiting()
    {
        Guess(20);

        Assert.Equal(TimeSpan.Zero, _attempts.WaitOf(IPAddress.Parse("192.0.2.2")));
    }

    [Fact]
    public void All_addresses_of_one_network_of_IPv6_count_as_one()
    {
        for (var i = 0; i < 5; i++)
            _attempts.Fail(IPAddress.Parse($"2001:db8::{i + 1}"));

        Assert.NotEqual(TimeSpan.Zero, _attempts.WaitOf(IPAddress.Parse("2001:db8::ffff")));
        Assert.Equal(TimeSpan.Zero, _attempts.WaitOf(IPAddress.Parse("2001:db8:0:1::1")));
    }

    [Fact]
    public void Many_addresses_together_are_slowed_down_too()
    {
        for (var i = 0; i < 50; i++)
            _attempts.Fail(IPAddress.Parse($"198.51.100.{i}"));

        Assert.NotEqual(TimeSpan.Zero, _attempts.WaitOf(Guesser));
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(TimeSpan.Zero, _attempts.WaitOf(Guesser));
    }

    int Guess(int times)
    {
        var taken = 0;
        for (var i = 0; i < times && _attempts.WaitOf(Guesser) == TimeSpan.Zero; i++, taken++)
            _attempts.Fail(Guesser);
        return taken;
    }
}
