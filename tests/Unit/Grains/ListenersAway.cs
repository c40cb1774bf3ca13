using VoiceGrains.Calls;
using static VoiceGrains.Tests.Unit.Grains.RosterAtWork;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>What a listener wants who lost the connection is made for a while, so that it is there when they come back.</summary>
public sealed class ListenersAway
{
    static readonly ParticipantId Ana = new("ana");

    readonly RosterAtWork _call = new();

    [Fact]
    public void Who_lost_the_connection_is_awaited_for_ten_seconds()
    {
        LoseAna();
        Assert.Equal(new AwaitedHearing(Sent.Spanish, Wants.Captions, Ana), Assert.Single(_call.Audience().Awaited));

        _call.Pass(9);
        Assert.Single(_call.Audience().Awaited);
        _call.Roster.Expire(_call.Now + TimeSpan.FromSeconds(1), out var hasChanged);

        Assert.True(hasChanged);
        Assert.Empty(_call.Audience().Awaited);
        Assert.Equal(1, _call.Roster.Count);
    }

    [Fact]
    public void Who_is_back_is_no_longer_awaited()
    {
        LoseAna();

        _call.Renew(_call.West, Seat("ana", 2, "es", Wants.Captions));

        Assert.Empty(_call.Audience().Awaited);
        Assert.Equal(new GatewayId("west"), Assert.Single(_call.Audience().Hearings).Gateway);
    }

    [Fact]
    public void Everybody_behind_a_gateway_that_is_gone_is_awaited_from_when_that_is_known()
    {
        _call.Renew(_call.East, Seat("ana", 1, "es"), Seat("bob", 1, "fr"));

        _call.Pass(6);
        Assert.Equal([Sent.Spanish, Sent.French], _call.Audience().Awaited.Select(static awaited => awaited.Language));

        _call.Pass(9);
        Assert.Equal(2, _call.Audience().Awaited.Length);
        _call.Pass(1);
        Assert.Empty(_call.Audience().Awaited);
    }

    [Fact]
    public void Who_left_or_never_came_or_wants_nothing_or_may_not_listen_is_not_awaited()
    {
        _call.Renew(
            _call.East,
            Seat("ana", 1),
            Seat("bob", 1, wants: Wants.None),
            Seat("cleo", 1) with { Rights = Rights.Speak });
        _call.Join("dora");
        _call.Roster.Leave(Ana, epoch: 1);

        _call.Renew(_call.East);

        Assert.Empty(_call.Audience().Awaited);
    }

    [Fact]
    public void A_renewal_of_the_old_gateway_that_comes_late_does_not_end_the_waiting()
    {
        _call.Renew(_call.East, Seat("ana", 1));
        _call.Renew(_call.West, Seat("ana", 2, "es", Wants.Captions));
        _call.Renew(_call.West);

        Assert.False(_call.Renew(_call.East, Seat("ana", 1)));

        Assert.Equal(Ana, Assert.Single(_call.Audience().Awaited).Listener);
    }

    void LoseAna()
    {
        _call.Renew(_call.East, Seat("ana", 1, "es", Wants.Captions));
        _call.Renew(_call.East);
    }
}
