using VoiceGrains.Gateway;
using VoiceGrains.Gateway.Links;
using VoiceGrains.Gateway.Sockets;
using VoiceGrains.Participants;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>What a client says it has heard is taken within its limits, or refused as a whole.</summary>
public sealed class HeardBeforeTheHello
{
    [Fact]
    public void Who_says_nothing_is_new()
    {
        Assert.True(HeardBefore.TryRead(null, new ManualTime(), out var listening));

        Assert.True(listening.IsNewcomer);
        Assert.Empty(listening.HeardOf(new ParticipantId("ana")));
    }

    [Fact]
    public void Who_heard_nobody_is_back_all_the_same()
    {
        var listening = Read(new Heard(1_500, []));

        Assert.Equal((false, TimeSpan.FromSeconds(1.5)), (listening.IsNewcomer, listening.Away));
    }

    [Fact]
    public void What_was_heard_is_known_for_each_speaker_and_language()
    {
        var listening = Read(new Heard(0, [Ana("es") with { After = 3, Finals = [4, 6], Clauses = [new HeardClause(5, 2, 120.5, false)] }, Ana("en"), Ana("es") with { Speaker = "bob" }]));

        var heard = listening.HeardOf(new ParticipantId("ana"));
        Assert.Equal(["es", "en"], heard.Select(static each => each.Language.Tag));
        Assert.Equal((3, 2), (heard[0].After, heard[0].Finals.Length));
        Assert.Equal(new HeardClauseOf(5, 2, TimeSpan.FromMilliseconds(120.5), IsWhole: false), Assert.Single(heard[0].Clauses));
        Assert.Single(listening.HeardOf(new ParticipantId("bob")));
    }

    public static TheoryData<Heard> Mistakes => new()
    {
        new Heard(-1, []),
        new Heard(double.NaN, []),
        new Heard(double.PositiveInfinity, []),
        new Heard(86_400_001, []),
        new Heard(0, [null!]),
        new Heard(0, [Ana("es") with { Speaker = "" }]),
        new Heard(0, [Ana("es") with { Speaker = "a/b" }]),
        new Heard(0, [Ana("no tag")]),
        new Heard(0, [Ana("es") with { After = -1 }]),
        new Heard(0, [Ana("es") with { Clauses = [null!] }]),
        new Heard(0, [Ana("es") with { Clauses = [new HeardClause(1, 1, -0.1, true)] }]),
        new Heard(0, [Ana("es") with { Clauses = [new HeardClause(1, 1, double.NaN, true)] }]),
        new Heard(0, [Ana("es") with { Finals = [.. new int[ConnectionLimits.MostHeardEntries + 1]] }]),
        new Heard(0, [Ana("es") with { Clauses = [.. Enumerable.Repeat(new HeardClause(1, 1, 0, true), ConnectionLimits.MostHeardEntries + 1)] }]),
        new Heard(0, [.. Enumerable.Repeat(Ana("es"), ConnectionLimits.MostHeardSpeakers + 1)]),
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_refused(Heard heard) => Assert.False(HeardBefore.TryRead(heard, new ManualTime(), out _));

    [Fact]
    public void The_most_that_may_be_said_is_taken_and_fits_into_a_hello()
    {
        var entry = Ana("es-419") with
        {
            Finals = [.. Enumerable.Range(1_000, ConnectionLimits.MostHeardEntries)],
            Clauses = [.. Enumerable.Range(1_000, 2).Select(static segment => new HeardClause(segment, 12, 12_345.5, true))],
        };
        var heard = new Heard(5_000, [.. Enumerable.Range(1, ConnectionLimits.MostHeardSpeakers).Select(number => entry with { Speaker = $"participant-{number}" })]);

        Assert.Equal(TimeSpan.FromSeconds(5), Read(heard).Away);
        Assert.InRange(ProtocolJson.Write(new Hello(Heard: heard)).Length, 0, ConnectionLimits.LargestHello);
    }

    static Listening Read(Heard heard)
    {
        Assert.True(HeardBefore.TryRead(heard, new ManualTime(), out var listening));
        return listening;
    }

    static HeardSpeaker Ana(string language) => new("ana", language, 0, [], []);
}
