using VoiceGrains.Calls;
using static VoiceGrains.Tests.Unit.Grains.RosterAtWork;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Who has a place in a call: given, confirmed by gateways, taken back and run out.</summary>
public sealed class PlacesInACall
{
    static readonly ParticipantId Ana = new("ana");
    static readonly ParticipantId Bob = new("bob");

    readonly RosterAtWork _call = new();

    [Fact]
    public void A_full_call_takes_nobody_but_those_it_has()
    {
        Assert.Equal(JoinOutcome.Joined, _call.Join("ana"));
        Assert.Equal(JoinOutcome.Joined, _call.Join("bob"));

        Assert.Equal(JoinOutcome.IsFull, _call.Join("eve"));
        Assert.Equal(JoinOutcome.Joined, _call.Join("ana"));
        Assert.Equal(2, _call.Roster.Count);
    }

    [Fact]
    public void A_ticket_that_works_once_works_once()
    {
        Assert.Equal(JoinOutcome.Joined, _call.Join("ana", once: "t1"));
        _call.Renew(_call.East, Seat("ana", 1));

        Assert.Equal(JoinOutcome.TicketIsUsed, _call.Join("ana", once: "t1"));
        Assert.Equal(JoinOutcome.Joined, _call.Join("ana", once: "t2"));
    }

    [Fact]
    public void Who_joined_with_it_but_was_never_connected_may_try_again_and_nobody_else()
    {
        Assert.Equal(JoinOutcome.Joined, _call.Join("ana", once: "t1"));

        Assert.Equal(JoinOutcome.TicketIsUsed, _call.Join("eve", once: "t1"));
        Assert.Equal(JoinOutcome.Joined, _call.Join("ana", once: "t1"));
    }

    [Fact]
    public void A_used_ticket_is_remembered_longer_than_it_is_valid()
    {
        _call.Join("ana", once: "t1");

        _call.Pass(89);
        Assert.Equal(JoinOutcome.TicketIsUsed, _call.Join("ana", once: "t1"));
        _call.Pass(1);
        Assert.Equal(JoinOutcome.Joined, _call.Join("ana", once: "t1"));
    }

    [Fact]
    public void A_place_that_no_gateway_confirms_is_given_away()
    {
        _call.Join("ana");

        Assert.Empty(_call.Pass(9));
        Assert.Equal([Ana], _call.Pass(1));
        Assert.Equal(0, _call.Roster.Count);
    }

    [Fact]
    public void Who_is_no_longer_named_is_absent_and_then_gone()
    {
        _call.Renew(_call.East, Seat("ana", 1), Seat("bob", 1));

        Assert.True(_call.Renew(_call.East, Seat("bob", 1)));
        Assert.Equal((2, 1), (_call.Roster.Count, _call.Roster.Connected));
        Assert.Equal([Ana], _call.PassRenewing(30, Seat("bob", 1)));
    }

    [Fact]
    public void Who_comes_back_in_time_keeps_the_place()
    {
        _call.Renew(_call.East, Seat("ana", 1));
        _call.Renew(_call.East);
        _call.PassRenewing(28);

        Assert.True(_call.Renew(_call.East, Seat("ana", 2)));

        Assert.Empty(_call.PassRenewing(60, Seat("ana", 2)));
        Assert.Equal(2, Assert.Single(_call.Roster.Entries()).Epoch);
    }

    [Fact]
    public void Leaving_ends_the_place_unless_a_newer_connection_holds_it()
    {
        _call.Renew(_call.East, Seat("ana", 2), Seat("bob", 1));

        Assert.False(_call.Roster.Leave(Ana, epoch: 1));
        Assert.True(_call.Roster.Leave(Ana, epoch: 2));
        Assert.False(_call.Roster.Leave(Ana, epoch: 2));
        Assert.Equal([Bob], _call.Roster.Participants);
    }

    [Fact]
    public void Who_left_before_the_call_heard_of_them_is_finished()
    {
        Assert.True(_call.Roster.Leave(Ana, epoch: 1, isPartial: true));
        Assert.False(_call.Roster.Leave(Ana, epoch: 1, isPartial: false));
    }

    [Fact]
    public void Who_lost_the_connection_before_the_call_heard_of_them_is_absent_and_then_gone()
    {
        Assert.True(_call.Renew(_call.East, [], gone: [Seat("ana", 3)], isPartial: true));

        Assert.Equal((1, 0), (_call.Roster.Count, _call.Roster.Connected));
        Assert.Equal(3, Assert.Single(_call.Roster.Entries()).Epoch);
        Assert.Equal([Ana], _call.PassRenewing(30));
    }

    [Fact]
    public void Who_lost_the_connection_and_was_heard_of_elsewhere_or_before_keeps_what_they_have()
    {
        _call.Renew(_call.West, Seat("ana", 4));

        Assert.False(_call.Renew(_call.East, [], gone: [Seat("ana", 3)], isPartial: true));
        Assert.False(_call.Renew(_call.East, [], gone: [Seat("bob", 1)], isPartial: false));

        Assert.Equal((1, 1), (_call.Roster.Count, _call.Roster.Connected));
    }
}
