using VoiceGrains.Silo;

namespace VoiceGrains.Tests.Engines.Doctor;

/// <summary>What the order of a stage's engines comes to.</summary>
public sealed class OrderOfAStage
{
    static readonly string[] All = ["en", "es", "fr"];

    [Fact]
    public void The_first_that_knows_a_language_is_used_and_the_others_stand_behind() =>
        Assert.Equal(
            ["1. a: first for en es", "2. b: first for fr; fallback for es", "3. c: fallback for en es fr"],
            StageOrder.Lines([new("a", ["en", "es"]), new("b", ["es", "fr"]), new("c", All)], All));

    [Fact]
    public void Who_can_not_be_used_leaves_the_place_to_the_next() =>
        Assert.Equal(["1. a: can't be used, see below", "2. b: first for en es fr"], StageOrder.Lines([new("a", null), new("b", All)], All));

    [Fact]
    public void What_nobody_knows_is_told() =>
        Assert.Equal(["1. a: first for en", "2. b: knows nothing of this here", "nobody for es fr"], StageOrder.Lines([new("a", ["en"]), new("b", [])], All));

    [Fact]
    public void Many_are_counted()
    {
        string[] pairs = [.. Enumerable.Range(1, 20).Select(static number => $"pair{number}")];

        Assert.Equal(["1. a: first for 13 of 20 pairs", "2. b: first for pair14 pair15 pair16 pair17 pair18 pair19 pair20; fallback for 13 of 20 pairs"], StageOrder.Lines([new("a", pairs[..13]), new("b", pairs)], pairs));
    }
}
