using VoiceGrains.Client;

namespace VoiceGrains.Tests.Unit.Client;

/// <summary>Where a client looks for a connection when it lost one.</summary>
public sealed class RoundsOfGateways
{
    static readonly Uri One = new("ws://one:1");
    static readonly Uri Two = new("ws://two:2");
    static readonly Uri Three = new("ws://three:3");

    [Fact]
    public void The_gateway_that_failed_is_tried_last_and_the_first_round_has_no_pauses()
    {
        var rounds = new GatewayRounds(Two, hasFailed: true, [One, Two, Three]);

        Assert.Equal([(One, TimeSpan.Zero), (Three, TimeSpan.Zero), (Two, TimeSpan.Zero)], [rounds.Next(), rounds.Next(), rounds.Next()]);
    }

    [Fact]
    public void A_gateway_that_closed_in_good_order_is_tried_first()
    {
        Assert.Equal(Two, new GatewayRounds(Two, hasFailed: false, [One, Two]).Next().Gateway);
    }

    [Fact]
    public void Pauses_grow_to_two_seconds_between_rounds_and_differ_by_chance()
    {
        var rounds = new GatewayRounds(One, hasFailed: true, [One]);

        var pauses = Enumerable.Range(0, 12).Select(_ => rounds.Next().Pause.TotalMilliseconds).ToList();

        Assert.Equal(0, pauses[0]);
        foreach (var (pause, usual) in pauses.Skip(1).Zip([50.0, 100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000]))
            Assert.InRange(pause, usual / 2, usual * 1.5);
    }
}
