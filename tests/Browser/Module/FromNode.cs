using System.Diagnostics;
using System.Text.RegularExpressions;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Browser.Module;

/// <summary><c>voicegrains.js</c> alone, without a browser: the program of docs/protocol.md, as it stands there, run by Node.</summary>
[Collection(ScriptedCollection.Name)]
public sealed partial class FromNode(ScriptedSilo scripted) : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("node-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_program_of_the_documentation_talks_with_a_person()
    {
        Assert.SkipUnless(Directory.Exists(NpmPackage.Folder("ws")), NpmPackage.WhyNot("ws"));
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es");
        var (socket, ticket) = await call.Ticket("node", "en");
        Prepare();

        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(_folder.FullName, "program.js"), socket.ToString(), ticket])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await ana.Until("what the program says", () => ana.HeardWordsOf("node") == "good·es morning·es");
        await ana.Client.Say("buenos días");
        await ana.UntilRecorded();
        await call.AssertNothingIsLost("node");
        await call.End();
        var output = await Until.Done("what the program writes", node.StandardOutput.ReadToEndAsync());
        await node.WaitForExitAsync();

        Assert.Equal((0, ""), (node.ExitCode, await node.StandardError.ReadToEndAsync()));
        Assert.Contains("ana: buenos·en días·en\n", output, StringComparison.Ordinal);
        Assert.Contains("samples of ana\n", output, StringComparison.Ordinal);
        Assert.EndsWith("over (4501)\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_is_short() => Assert.InRange(Program().Split('\n').Length, 5, 20);

    // As a product would have it: the module's files and the package for sockets, nothing else.
    void Prepare()
    {
        foreach (var file in (string[])["voicegrains.js", "link.js", "wakes.js", "heard.js", "microphone.js"])
            File.Copy(Repository.File("gateway", "wwwroot", file), Path.Combine(_folder.FullName, file));
        File.WriteAllText(Path.Combine(_folder.FullName, "package.json"), """{"type":"module"}""");
        File.WriteAllText(Path.Combine(_folder.FullName, "program.js"), Program());
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "node_modules"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "node_modules", "ws"), NpmPackage.Folder("ws"));
    }

    static string Program()
    {
        var found = ProgramBlock().Match(File.ReadAllText(Repository.File("docs", "protocol.md")));
        Assert.True(found.Success, "docs/protocol.md has no program that imports voicegrains.js.");
        return found.Groups[1].Value;
    }

    [GeneratedRegex("```js\n(import \\{ Call \\}[^`]*(?:`[^`]+`[^`]*)*)```")]
    private static partial Regex ProgramBlock();
}
