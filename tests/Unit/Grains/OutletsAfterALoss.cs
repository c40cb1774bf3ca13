using System.Collections.Immutable;
using VoiceGrains.Calls;
using VoiceGrains.Deliveries;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Tests.Support;
using static VoiceGrains.Tests.Unit.Grains.Sent;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>While the call does not know all its people, those whom it has not heard of yet are not forgotten; and what arrived everywhere is told once.</summary>
public sealed class OutletsAfterALoss
{
    readonly Gateway _east = new();
    readonly Gateway _west = new();
    readonly ManualTime _time = new();

    [Fact]
    public Task A_partial_audience_adds_to_what_is_known() => WithOutlets(async outlets =>
    {
        outlets.Apply(Whole(1, [Hears(Spanish, _east), Hears(French, _east)]));

        outlets.Apply(Partial(2, [Hears(Spanish, _west)]));
        outlets.Send(Caption(1, 1));
        outlets.Send(Caption(1, 1, French));
        await outlets.Drained();

        Assert.Equal(("es1.1 fr1.1", "es1.1"), (_east.Arrived.Text(), _west.Arrived.Text()));
    });

    [Fact]
    public Task A_partial_audience_brings_the_new_link_and_wants_of_a_gateway() => WithOutlets(async outlets =>
    {
        var again = new Gateway();
        outlets.Apply(Whole(1, [Hears(Spanish, _east, Wants.Captions | Wants.Speech)]));

        outlets.Apply(Partial(2, [new Hearing(Spanish, new GatewayId("east"), again, Wants.Captions, null)]));
        outlets.Send(Caption(1, 1));
        outlets.Send(Chunk(1));
        await outlets.Drained();

        Assert.Equal(("", "es1.1"), (_east.Arrived.Text(), again.Arrived.Text()));
    });

    [Fact]
    public Task A_whole_audience_ends_what_partial_ones_kept() => WithOutlets(outlets =>
    {
        outlets.Apply(Whole(1, [Hears(Spanish, _east)], Awaits(French)));
        outlets.Apply(Partial(2, []));
        Assert.Equal([(Spanish, false), (French, false)], outlets.LanguagesBeside(English));

        outlets.Apply(new Audience(new AudienceVersion(2, 3), IsPartial: false, [], []));

        Assert.Empty(outlets.LanguagesBeside(English));
        return Task.CompletedTask;
    });

    [Fact]
    public Task What_somebody_wants_who_is_away_is_made_but_for_the_speaker() => WithOutlets(outlets =>
    {
        outlets.Apply(Whole(1, [Hears(Spanish, _east)], Awaits(Spanish, Wants.Speech), Awaits(French), Awaits(Language.Parse("it"), Wants.Captions, "ana"), Awaits(English)));

        Assert.Equal([(Spanish, true), (French, false)], outlets.LanguagesBeside(English));
        return Task.CompletedTask;
    });

    [Fact]
    public Task Arrival_is_told_once_when_all_gateways_have_it() => WithOutlets(async outlets =>
    {
        var arrivals = 0;
        outlets.Apply(Whole(1, [Hears(Spanish, _east), Hears(Spanish, _west)]));
        _east.Hold();

        outlets.Send(Caption(1, 1), () => arrivals++);
        await Until.True("one gateway has it", () => _west.Batches.Count == 1);
        Assert.Equal(0, arrivals);
        _east.Release();

        await Until.True("it has arrived", () => arrivals == 1);
        await outlets.Drained();
        Assert.Equal(1, arrivals);
    });

    [Fact]
    public Task What_goes_nowhere_has_arrived_and_so_has_what_a_gateway_that_is_gone_did_not_take() => WithOutlets(async outlets =>
    {
        var arrivals = 0;
        outlets.Send(Caption(1, 1), () => arrivals++);
        Assert.Equal(1, arrivals);
        outlets.Apply(Whole(1, [Hears(Spanish, _east)]));
        _east.Hold();
        outlets.Send(Caption(2, 1), () => arrivals++);
        outlets.Send(Caption(3, 1), () => arrivals++);

        outlets.Apply(Whole(2, []));

        await Until.True("nobody is waited for", () => arrivals == 3);
    });

    [Fact]
    public Task Who_heard_of_a_part_first_learns_the_rest_from_an_older_whole_audience_once() => WithOutlets(async outlets =>
    {
        outlets.Apply(Partial(1, [Hears(English, _west)]));

        Assert.True(outlets.Apply(Whole(7, [Hears(Spanish, _east)])));
        Assert.False(outlets.Apply(Whole(6, [])));
        outlets.Send(Caption(1, 1));
        await outlets.Drained();

        Assert.True(outlets.Reaches(new GatewayId("west"), English));
        Assert.Equal("es1.1", _east.Arrived.Text());
    });

    [Fact]
    public Task What_is_sent_to_one_gateway_keeps_its_place_and_goes_to_no_other() => WithOutlets(async outlets =>
    {
        Assert.False(outlets.Reaches(new GatewayId("west"), Spanish));
        outlets.Apply(Whole(1, [Hears(Spanish, _east), Hears(Spanish, _west)]));
        Assert.True(outlets.Reaches(new GatewayId("west"), Spanish));

        outlets.SendTo(new GatewayId("west"), Caption(1, 1));
        outlets.Send(Caption(2, 1));
        await outlets.Drained();

        Assert.Equal(("es2.1", "es1.1 es2.1"), (_east.Arrived.Text(), _west.Arrived.Text()));
    });

    Hearing Hears(Language language, Gateway gateway, Wants wants = Wants.Captions) =>
        new(language, new GatewayId(gateway == _east ? "east" : "west"), gateway, wants, null);

    static AwaitedHearing Awaits(Language language, Wants wants = Wants.Captions, string who = "bob") => new(language, wants, new ParticipantId(who));

    static Audience Whole(int counter, ImmutableArray<Hearing> hearings, params ImmutableArray<AwaitedHearing> awaited) =>
        new(new AudienceVersion(1, counter), IsPartial: false, hearings, awaited);

    static Audience Partial(int counter, ImmutableArray<Hearing> hearings) => new(new AudienceVersion(2, counter), IsPartial: true, hearings, []);

    Task WithOutlets(Func<Outlets, Task> test) => Turns.Run(async () =>
    {
        await using var outlets = new Outlets(new ParticipantId("ana"), _time) { Fence = new Fence(1, 0) };
        await test(outlets);
    });
}
