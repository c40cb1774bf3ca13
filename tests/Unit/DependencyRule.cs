using System.Xml.Linq;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit;

/// <summary>gateway -> grain-interfaces &lt;- grains &lt;- silo: which project may know which.</summary>
public sealed class DependencyRule
{
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["audio"] = [],
        ["protocol"] = [],
        ["client"] = ["audio", "protocol"],
        ["grain-runtime"] = ["grain-runtime/Generator"],
        ["grain-runtime/Generator"] = [],
        ["grain-interfaces"] = ["grain-runtime", "grain-runtime/Generator"],
        ["grains"] = ["audio", "grain-interfaces", "grain-runtime", "grain-runtime/Generator"],
        ["gateway"] = ["audio", "grain-interfaces", "protocol"],
        ["eval"] = ["grains"],
        ["silo"] = ["audio", "client", "gateway", "grains"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_layout_allows(string folder)
    {
        var references = ReferencesOf(folder);

        Assert.Empty(references.Except(Allowed[folder]));
    }

    [Fact]
    public void Every_project_outside_of_tests_is_in_the_rule()
    {
        var folders = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Where(folder => !folder.StartsWith("tests/", StringComparison.Ordinal) && !folder.StartsWith("artifacts/", StringComparison.Ordinal));

        Assert.Equal(Allowed.Keys.Order(), folders.Order());
    }

    [Fact]
    public void No_vendor_and_no_http_in_grains()
    {
        string[] foreign = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "Deepgram", "OpenAI", "Anthropic", "ElevenLabs", "PocketSphinx", "Espeak", "Apertium"];

        var found = Directory.EnumerateFiles(Path.Combine(Repository.Root, "grains"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => File.ReadLines(file).Select(line => (file, line)))
            .Where(each => foreign.Any(name => each.line.Contains("using " + name, StringComparison.OrdinalIgnoreCase)));

        Assert.Empty(found);
    }

    static IEnumerable<string> ReferencesOf(string folder)
    {
        var home = Path.Combine(Repository.Root, folder);
        return Directory.EnumerateFiles(home, "*.csproj").SelectMany(file => References(file, home)).Distinct();
    }

    static IEnumerable<string> References(string file, string home)
    {
        var project = XDocument.Load(file);
        var direct = project.Descendants("ProjectReference").Select(reference => Folder(home, reference.Attribute("Include")!.Value));
        var runtime = project.Descendants("Import").Any(import => import.Attribute("Project")!.Value.EndsWith("GrainRuntime.props", StringComparison.Ordinal));
        return runtime ? direct.Concat(["grain-runtime", "grain-runtime/Generator"]) : direct;
    }

    static string Folder(string home, string include) =>
        Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(Path.GetFullPath(include, home))!).Replace('\\', '/');
}
