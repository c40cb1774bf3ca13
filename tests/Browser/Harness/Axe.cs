using System.Text.Json;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Browser.Harness;

/// <summary>axe-core, which <c>./voicegrains test</c> gets from npm, and what it finds on a page.</summary>
static class Axe
{
    static readonly string Script = NpmPackage.File("axe-core", "axe.min.js");

    const string Run = """
        async () => JSON.stringify((await axe.run(document, { resultTypes: ['violations'] })).violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`))
        """;

    public static bool IsThere => File.Exists(Script);

    public static string WhyNot => NpmPackage.WhyNot("axe-core");

    public static async Task AssertFine(Visitor visitor, string state)
    {
        // Evaluated, not inserted: the policy of the page lets no foreign script in.
        await visitor.Page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        var found = JsonSerializer.Deserialize<IReadOnlyList<string>>(await visitor.Page.EvaluateAsync<string>(Run))!;
        Assert.True(found.Count == 0, $"{state}:\n{string.Join('\n', found)}");
    }
}
