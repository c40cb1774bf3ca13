using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.Browser.Module;

/// <summary>How long a client waits before it tries again.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class ComingBack(ScriptedSilo scripted, Chromium chromium)
{
    [Fact]
    public async Task Pauses_grow_with_some_chance_to_5_s_in_the_first_minute_and_then_to_30_s()
    {
        await using var visitor = await chromium.Open(new Uri(scripted.Silo.Address, "/join"));

        var pauses = await visitor.Page.EvaluateAsync<double[][]>("""
            async () => {
              const { pauseBefore } = await import('/link.js');
              const rounds = Array.from({ length: 40 }, (_, at) => at + 1);
              return [rounds.map((round) => pauseBefore(round, 1000, 1)), rounds.map((round) => pauseBefore(round, 61000, 1)), [pauseBefore(3, 0, 0), pauseBefore(3, 0, 1)]];
            }
            """);

        Assert.Equal([50, 100, 200, 400], pauses[0][..4]);
        Assert.Equal(5_000, pauses[0].Max());
        Assert.Equal(30_000, pauses[1].Max());
        Assert.Equal([100, 200], pauses[2]);
    }
}
