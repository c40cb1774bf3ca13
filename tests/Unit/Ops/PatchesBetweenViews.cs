using System.Text.Json.Nodes;
using VoiceGrains.Gateway.Ops;

namespace VoiceGrains.Tests.Unit.Ops;

/// <summary>What is sent is what has changed, and makes the one view of the other.</summary>
public sealed class PatchesBetweenViews
{
    [Fact]
    public void Nothing_has_changed_between_equal_views() => Assert.Null(MergePatch.Between(Parse("""{"a":1,"b":{"c":[1,2]}}"""), Parse("""{"b":{"c":[1,2]},"a":1}""")));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"a":1,"b":{"c":2}}""", """{"b":{"c":2}}""")]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"b":1}}""", """{"a":{"c":null}}""")]
    [InlineData("""{"a":{"b":1}}""", """{}""", """{"a":null}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":"text"}""", """{"a":"text"}""")]
    public void Only_what_has_changed_is_in_it(string before, string after, string patch) =>
        Assert.Equal(patch, MergePatch.Between(Parse(before), Parse(after))?.ToJsonString());

    [Fact]
    public void It_makes_the_one_of_the_other_whatever_they_are()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var (before, after) = (Any(random, 3), Any(random, 3));
            var sent = MergePatch.Between(before, after)?.ToJsonString() ?? "{}";
            var shown = (JsonObject)before.DeepClone();
            Apply(shown, Parse(sent));
            Assert.True(JsonNode.DeepEquals(after, shown), $"Seed {seed}, round {round}: {before.ToJsonString()} to {after.ToJsonString()} by {sent} became {shown.ToJsonString()}.");
        }
    }

    static JsonObject Parse(string text) => (JsonObject)JsonNode.Parse(text)!;

    // RFC 7396, section 2.
    static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
                target.Remove(name);
            else if (value is JsonObject change)
                Apply(target[name] as JsonObject ?? (JsonObject)(target[name] = new JsonObject()), change);
            else
                target[name] = value.DeepClone();
        }
    }

    static JsonObject Any(Random random, int depth)
    {
        var made = new JsonObject();
        foreach (var name in "abcde".Where(_ => random.Next(3) > 0))
        {
            made[name.ToString()] = random.Next(depth > 0 ? 4 : 3) switch
            {
                0 => random.Next(3),
                1 => "text " + random.Next(2),
                2 => new JsonArray(random.Next(2), random.Next(2)),
                _ => Any(random, depth - 1),
            };
        }

        return made;
    }
}
