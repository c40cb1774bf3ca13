using VoiceGrains.Calls;
using static VoiceGrains.Tests.Unit.Grains.RosterAtWork;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>What gateways say of their people, and what the call tells its speakers of who hears them.</summary>
public sealed class GatewaysOfACall
{
    static readonly ParticipantId Ana = new("ana");
    static readonly ParticipantId Bob = new("bob");

    readonly RosterAtWork _call = new();

    [Fact]
    public void A_connection_is_told_to_others_once()
    {
        _call.Join("ana");

        Assert.True(_call.Renew(_call.East, Seat("ana", 1)));
        Assert.False(_call.Renew(_call.East, Seat("ana", 1)));
        Assert.True(_call.Renew(_call.East, Seat("ana", 1) with { IsMuted = true }));
        Assert.Equal(new RosterEntry(Ana, "Ana", Sent.English, 1, true, true, true), Assert.Single(_call.Roster.Entries()));
    }

    [Fact]
    public void The_newest_connection_holds_the_place_whatever_an_older_gateway_says()
    {
        _call.Renew(_call.East, Seat("ana", 1));
        _call.Renew(_call.West, Seat("ana", 2));

        Assert.False(_call.Renew(_call.East, Seat("ana", 1)));
        Assert.False(_call.Renew(_call.East));
        Assert.Equal(new GatewayId("west"), Assert.Single(_call.Hearings()).Gateway);
    }

    [Fact]
    public void A_gateway_that_does_not_renew_takes_its_people_with_it()
    {
        _call.Renew(_call.East, Seat("ana", 1));

        _call.Pass(5);
        Assert.Single(_call.Hearings());
        _call.Pass(1);
        Assert.Empty(_call.Hearings());
        Assert.Empty(_call.Roster.Links);
        Assert.Equal((1, 0), (_call.Roster.Count, _call.Roster.Connected));
        Assert.Equal([Ana], _call.Pass(30));
    }

    [Fact]
    public void After_the_call_lost_its_memory_its_people_come_back_with_the_gateways()
    {
        Assert.True(_call.Renew(_call.East, Seat("ana", 3)));

        Assert.Equal(("Ana", 3), (_call.Roster.Entries()[0].Name, _call.Roster.Entries()[0].Epoch));
    }

    [Fact]
    public void Listeners_of_one_language_behind_one_gateway_are_heard_of_together()
    {
        _call.Renew(_call.East, Seat("ana", 1, "es", Wants.Captions), Seat("bob", 1, "es", Wants.Speech), Seat("cleo", 1, "fr"), Seat("dora", 1, "de", Wants.None));
        _call.Renew(_call.West, Seat("eve", 1, "es"));

        var hearings = _call.Hearings().Select(static each => $"{each.Gateway}/{each.Language}: {each.Wants} {each.Only}").Order();

        Assert.Equal(["east/es: Captions, Speech ", "east/fr: Captions, Speech cleo", "west/es: Captions, Speech eve"], hearings);
    }

    [Fact]
    public void Who_may_not_listen_is_not_heard_of_and_who_may_not_speak_is_no_speaker()
    {
        _call.Renew(_call.East, Seat("ana", 1) with { Rights = Rights.Listen }, Seat("bob", 1) with { Rights = Rights.Speak });

        Assert.Equal(Ana, Assert.Single(_call.Hearings()).Only);
        Assert.Equal([Bob], _call.Roster.Speakers);
    }

    [Fact]
    public void A_language_counts_while_somebody_is_connected()
    {
        _call.Renew(_call.East, Seat("ana", 1, "es"), Seat("bob", 1, "fr"));
        _call.Renew(_call.East, Seat("bob", 1, "fr"));

        Assert.Equal([Sent.French], _call.Roster.Languages);
    }
}
