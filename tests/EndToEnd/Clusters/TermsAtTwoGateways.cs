using System.Text.Json;

namespace VoiceGrains.Tests.EndToEnd.Clusters;

/// <summary>Terms travel whole between processes.</summary>
[Collection(CallsClusterCollection.Name)]
public sealed class TermsAtTwoGateways(CallsCluster cluster)
{
    [Fact]
    public async Task A_call_that_one_gateway_opened_has_the_same_terms_at_another()
    {
        Dictionary<string, string>[] glossary = [new() { ["en"] = "server", ["zh-Hant"] = "伺服器" }, new() { ["ar"] = "خادم" }];
        var (here, there) = await cluster.Open(new { glossary, formality = "informal" });
        await using var _ = here;
        await using var __ = there;

        var seen = await there.Describe();

        Assert.Equal("informal", seen.GetProperty("formality").GetString());
        Assert.Equal(glossary, seen.GetProperty("glossary").Deserialize<Dictionary<string, string>[]>()!);
    }
}
