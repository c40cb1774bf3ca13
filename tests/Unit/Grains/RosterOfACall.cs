using System.Collections.Immutable;
using VoiceGrains.Calls;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Who has a place in a call: given, confirmed by gateways, taken back and run out.</summary>
public sealed class RosterOfACall
{
    static readonly ParticipantId Ana = new("ana");
    static readonly ParticipantId Bob = new("bob");

    readonly CallRoster _roster = new(maxParticipants: 2, absenceLimit: TimeSpan.FromSeconds(30));
    readonly Gateway _east = new();
    readonly Gateway _west = new();
    DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_full_call_takes_nobody_but_those_it_has()
    {
        Assert.Equal(JoinOutcome.Joined, Join("ana"));
        Assert.Equal(JoinOutcome.Joined, Join("bob"));

        Assert.Equal(JoinOutcome.IsFull, Join("eve"));
        Assert.Equal(JoinOutcome.Joined, Join("ana"));
        Assert.Equal(2, _roster.Count);
    }

    [Fact]
    public void A_ticket_that_works_once_works_once()
    {
        Assert.Equal(JoinOutcome.Joined, Join("ana", once: "t1"));

        Assert.Equal(JoinOutcome.TicketIsUsed, Join("ana", once: "t1"));
        Assert.Equal(JoinOutcome.Joined, Join("ana", once: "t2"));
    }

    [Fact]
    public void A_used_ticket_is_remembered_longer_than_it_is_valid()
    {
        Join("ana", once: "t1");

        Pass(89);
        Assert.Equal(JoinOutcome.TicketIsUsed, Join("ana", once: "t1"));
        Pass(1);
        Assert.Equal(JoinOutcome.Joined, Join("ana", once: "t1"));
    }

    [Fact]
    public void A_place_that_no_gateway_confirms_is_given_away()
    {
        Join("ana");

        Assert.Empty(Pass(9));
        Assert.Equal([Ana], Pass(1));
        Assert.Equal(0, _roster.Count);
    }

    [Fact]
    public void A_connection_is_told_to_others_once()
    {
        Join("ana");

        Assert.True(Renew(_east, Seat("ana", 1)));
        Assert.False(Renew(_east, Seat("ana", 1)));
        Assert.True(Renew(_east, Seat("ana", 1) with { IsMuted = true }));
        Assert.Equal(new RosterEntry(Ana, "Ana", Sent.English, 1, true, true, true), Assert.Single(_roster.Entries()));
    }

    [Fact]
    public void Who_is_no_longer_named_is_absent_and_then_gone()
    {
        Renew(_east, Seat("ana", 1), Seat("bob", 1));

        Assert.True(Renew(_east, Seat("bob", 1)));
        Assert.Equal((2, 1), (_roster.Count, _roster.Connected));
        Assert.Equal([Ana], PassRenewing(30, Seat("bob", 1)));
    }

    [Fact]
    public void Who_comes_back_in_time_keeps_the_place()
    {
        Renew(_east, Seat("ana", 1));
        Renew(_east);
        PassRenewing(28);

        Assert.True(Renew(_east, Seat("ana", 2)));

        Assert.Empty(PassRenewing(60, Seat("ana", 2)));
        Assert.Equal(2, Assert.Single(_roster.Entries()).Epoch);
    }

    [Fact]
    public void The_newest_connection_holds_the_place_whatever_an_older_gateway_says()
    {
        Renew(_east, Seat("ana", 1));
        Renew(_west, Seat("ana", 2));

        Assert.False(Renew(_east, Seat("ana", 1)));
        Assert.False(Renew(_east));
        Assert.Equal(new GatewayId("west"), Assert.Single(Hearings()).Gateway);
    }

    [Fact]
    public void Leaving_ends_the_place_unless_a_newer_connection_holds_it()
    {
        Renew(_east, Seat("ana", 2), Seat("bob", 1));

        Assert.False(_roster.Leave(Ana, epoch: 1));
        Assert.True(_roster.Leave(Ana, epoch: 2));
        Assert.False(_roster.Leave(Ana, epoch: 2));
        Assert.Equal([Bob], _roster.Participants);
    }

    [Fact]
    public void A_gateway_that_does_not_renew_takes_its_people_with_it()
    {
        Renew(_east, Seat("ana", 1));

        Pass(5);
        Assert.Single(Hearings());
        Pass(1);
        Assert.Empty(Hearings());
        Assert.Empty(_roster.Links);
        Assert.Equal((1, 0), (_roster.Count, _roster.Connected));
        Assert.Equal([Ana], Pass(30));
    }

    [Fact]
    public void After_the_call_lost_its_memory_its_people_come_back_with_the_gateways()
    {
        Assert.True(Renew(_east, Seat("ana", 3)));

        Assert.Equal(("Ana", 3), (_roster.Entries()[0].Name, _roster.Entries()[0].Epoch));
    }

    [Fact]
    public void Listeners_of_one_language_behind_one_gateway_are_heard_of_together()
    {
        Renew(_east, Seat("ana", 1, "es", Wants.Captions), Seat("bob", 1, "es", Wants.Speech), Seat("cleo", 1, "fr"), Seat("dora", 1, "de", Wants.None));
        Renew(_west, Seat("eve", 1, "es"));

        var hearings = Hearings().Select(static each => $"{each.Gateway}/{each.Language}: {each.Wants} {each.Only}").Order();

        Assert.Equal(["east/es: Captions, Speech ", "east/fr: Captions, Speech cleo", "west/es: Captions, Speech eve"], hearings);
    }

    [Fact]
    public void Who_may_not_listen_is_not_heard_of_and_who_may_not_speak_is_no_speaker()
    {
        Renew(_east, Seat("ana", 1) with { Rights = Rights.Listen }, Seat("bob", 1) with { Rights = Rights.Speak });

        Assert.Equal(Ana, Assert.Single(Hearings()).Only);
        Assert.Equal([Bob], _roster.Speakers);
    }

    [Fact]
    public void A_language_counts_while_somebody_is_connected()
    {
        Renew(_east, Seat("ana", 1, "es"), Seat("bob", 1, "fr"));
        Renew(_east, Seat("bob", 1, "fr"));

        Assert.Equal([Sent.French], _roster.Languages);
    }

    JoinOutcome Join(string who, string? once = null) =>
        _roster.Join(new JoinRequest(new TenantId("acme"), new ParticipantId(who), Name(who), Rights.Listen | Rights.Speak, once), _now);

    bool Renew(Gateway gateway, params ImmutableArray<Seat> seats) =>
        _roster.Renew(new LinkRenewal(new GatewayId(gateway == _east ? "east" : "west"), gateway, seats), _now);

    IReadOnlyList<ParticipantId> Pass(int seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        return _roster.Expire(_now, out _);
    }

    IReadOnlyList<ParticipantId> PassRenewing(int seconds, params ImmutableArray<Seat> seats)
    {
        var left = new List<ParticipantId>();
        for (var i = 0; i < seconds / 2; i++)
        {
            left.AddRange(Pass(2));
            Renew(_east, seats);
        }

        return left;
    }

    ImmutableArray<Hearing> Hearings() => _roster.Hearing(new AudienceVersion(1, 1)).Hearings;

    static Seat Seat(string who, int epoch, string language = "en", Wants wants = Wants.Captions | Wants.Speech) =>
        new(new ParticipantId(who), Name(who), epoch, Language.Parse(language), wants, Rights.Listen | Rights.Speak, IsMuted: false);

    static string Name(string who) => char.ToUpperInvariant(who[0]) + who[1..];
}
