using VoiceGrains.Calls;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Speakers learn who hears them and gateways who takes part, after each change, until it has arrived.</summary>
public sealed class AnnouncementsOfACall
{
    static readonly CallId Call = new("local-k3v9x2m4q7ab");

    readonly ManualTime _time = new();
    readonly CallRoster _roster = new(10, TimeSpan.FromSeconds(30));
    readonly Gateway _east = new();
    readonly ToldParticipant _ana;
    readonly Orleans.IGrainFactory _grains;

    public AnnouncementsOfACall()
    {
        (_grains, var find) = ParticipantsOnly.Make();
        _ana = find($"{Call}/ana");
        var seat = new Seat(new ParticipantId("ana"), "Ana", 1, Sent.Spanish, Wants.Captions, Rights.Listen | Rights.Speak, IsMuted: false);
        _roster.Renew(new LinkRenewal(new GatewayId("east"), _east, [seat], []), _time.GetUtcNow());
    }

    [Fact]
    public Task A_change_is_told_to_speakers_and_gateways_with_the_same_version() => WithAnnouncer(TimeSpan.Zero, async announcer =>
    {
        announcer.Announce();
        await Told(1);

        Assert.Equal(new AudienceVersion(4, 1), _ana.Audiences[0].Version);
        Assert.Equal(new AudienceVersion(4, 1), _east.Rosters[0].Version);
        Assert.Equal(Sent.Spanish, Assert.Single(_ana.Audiences[0].Hearings).Language);
        Assert.Equal("Ana", Assert.Single(_east.Rosters[0].Entries).Name);
    });

    [Fact]
    public Task Changes_that_come_together_are_told_together() => WithAnnouncer(TimeSpan.Zero, async announcer =>
    {
        for (var i = 0; i < 10; i++)
            announcer.Announce();
        await Told(1);
        announcer.Announce();
        await Told(2);

        Assert.Equal(new AudienceVersion(4, 2), _ana.Audiences[^1].Version);
        Assert.Equal(2, _ana.Audiences.Count);
    });

    [Fact]
    public Task What_did_not_arrive_is_told_again_with_a_newer_version() => WithAnnouncer(TimeSpan.Zero, async announcer =>
    {
        _east.Failures = 1;
        announcer.Announce();
        await Until.True("the first round is over", () => _ana.Audiences.Count == 1 && _time.Waiting > 0);

        _time.Advance(TimeSpan.FromSeconds(1));
        await Told(1);

        Assert.Equal(new AudienceVersion(4, 2), _east.Rosters[0].Version);
        Assert.Equal(2, _ana.Audiences.Count);
    });

    [Fact]
    public Task A_gateway_that_does_not_answer_holds_up_nobody_for_long() => WithAnnouncer(TimeSpan.Zero, async announcer =>
    {
        _east.Hold();
        announcer.Announce();
        await Until.True("the speaker is told", () => _ana.Audiences.Count == 1 && _time.Waiting > 0);
        _east.Forget();

        _time.Advance(TimeSpan.FromSeconds(2));
        await Until.True("the round is given up", () => _time.Waiting > 0);
        _time.Advance(TimeSpan.FromSeconds(1));

        await Told(1);
    });

    [Fact]
    public Task While_one_gateway_does_not_answer_the_others_learn_of_every_change() => WithAnnouncer(TimeSpan.Zero, async announcer =>
    {
        var west = new Gateway();
        var seat = new Seat(new ParticipantId("bob"), "Bob", 1, Sent.English, Wants.Captions, Rights.Listen, IsMuted: false);
        _roster.Renew(new LinkRenewal(new GatewayId("west"), west, [seat], []), _time.GetUtcNow());
        west.Hold();
        announcer.Announce();
        await Told(1);

        announcer.Announce();
        await Until.True("the change is told before the call to the other is given up", () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            return _east.Rosters.Count == 2;
        });

        Assert.Empty(west.Rosters);
        west.Release();
        await Until.True("who was late learns the newest", () => west.Rosters.Count == 2);
        Assert.Equal(new AudienceVersion(4, 3), west.Rosters[^1].Version);
    });

    [Fact]
    public Task A_new_activation_adds_to_what_is_known_until_the_gateways_have_told_it_of_their_people() => WithAnnouncer(TimeSpan.FromSeconds(6), async announcer =>
    {
        announcer.Announce();
        await Told(1);
        _time.Advance(TimeSpan.FromSeconds(5.9));
        Assert.Single(_ana.Audiences);

        _time.Advance(TimeSpan.FromSeconds(0.1));

        await Told(2);
        Assert.Equal([true, false], _ana.Audiences.Select(static audience => audience.IsPartial));
        Assert.Equal([true, false], _east.Rosters.Select(static roster => roster.IsPartial));
    });

    [Fact]
    public Task The_end_is_told_to_all_gateways_even_when_one_is_away() => WithAnnouncer(TimeSpan.Zero, async announcer =>
    {
        var west = new Gateway { Failures = 1 };
        var seat = new Seat(new ParticipantId("bob"), "Bob", 1, Sent.English, Wants.Captions, Rights.Listen, IsMuted: false);
        _roster.Renew(new LinkRenewal(new GatewayId("west"), west, [seat], []), _time.GetUtcNow());

        await announcer.TellEnded(EndReason.Empty);

        Assert.Equal([EndReason.Empty], _east.Ends);
        Assert.Empty(west.Ends);
    });

    [Fact]
    public Task That_the_call_goes_on_elsewhere_is_told_to_all_and_waits_for_nobody_long() => WithAnnouncer(TimeSpan.Zero, async announcer =>
    {
        var west = new Gateway();
        west.Hold();
        var seat = new Seat(new ParticipantId("bob"), "Bob", 1, Sent.English, Wants.Captions, Rights.Listen, IsMuted: false);
        _roster.Renew(new LinkRenewal(new GatewayId("west"), west, [seat], []), _time.GetUtcNow());

        var told = announcer.TellMoved();
        _time.Advance(TimeSpan.FromMilliseconds(250));
        await told;

        Assert.Equal((1, 0), (_east.Moves, west.Moves));
    });

    Task Told(int rounds) => Until.True($"{rounds} rounds were told", () => _east.Rosters.Count >= rounds);

    Task WithAnnouncer(TimeSpan quiet, Func<CallAnnouncer, Task> test) => Turns.Run(async () =>
    {
        await using var announcer = new CallAnnouncer(_grains, Call, _roster, activation: 4, quiet, _time);
        await test(announcer);
    });
}
