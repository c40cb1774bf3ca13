using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using VoiceGrains.GrainRuntime.Generator;

namespace VoiceGrains.Tests.Unit.Runtime;

/// <summary>The generator refuses, when the product is built, messages that two grains could change together and methods that cannot be called.</summary>
public sealed class MessagesOfGrains
{
    const string Orleans = """
        using System; using System.Collections.Generic; using System.Collections.Immutable; using System.Threading.Tasks; using Orleans;
        namespace Orleans.Runtime { public interface IAddressable; }
        namespace Orleans
        {
            public interface IGrain : Runtime.IAddressable;
            public interface IGrainWithStringKey : IGrain;
            public interface IGrainObserver : Runtime.IAddressable;
            public abstract class Grain : Runtime.IAddressable;
            public sealed class GenerateSerializerAttribute : Attribute;
            public sealed class ImmutableAttribute : Attribute;
        }

        """;

    [Theory]
    [InlineData("string text, int number, TimeSpan pause, DateTimeOffset at, Guid id, bool? maybe")]
    [InlineData("ImmutableArray<string> words, ImmutableDictionary<string, int> counts, ReadOnlyMemory<byte> audio")]
    [InlineData("INoteObserver observer, INoteGrain grain, ConsoleColor colour")]
    [InlineData("Note note, ImmutableArray<Note> notes")]
    public void Immutable_messages_are_taken(string parameters) => Assert.Empty(Build($"Task Take({parameters});"));

    [Theory]
    [InlineData("Task Take(List<string> words);", "Parameter 'words' of Take: System.Collections.Generic.List<string> lacks [GenerateSerializer, Immutable]")]
    [InlineData("Task Take(byte[] audio);", "Parameter 'audio' of Take: byte[] can be changed")]
    [InlineData("Task Take(ImmutableArray<byte[]> frames);", "byte[] can be changed")]
    [InlineData("Task Take(IReadOnlyList<string> words);", "System.Collections.Generic.IReadOnlyList<string> lacks")]
    [InlineData("Task<int[]> Count();", "The answer of Count: int[] can be changed")]
    [InlineData("Task Take(object anything);", "object lacks [GenerateSerializer, Immutable]")]
    public void Parameters_and_answers_that_can_be_changed_are_refused(string method, string expected)
    {
        var refused = Assert.Single(Build(method));

        Assert.Equal(("VG001", DiagnosticSeverity.Error), (refused.Id, refused.Severity));
        Assert.Contains(expected, refused.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("use a record with [GenerateSerializer, Immutable]", refused.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[GenerateSerializer] public sealed record Loose(string Text);", "Loose lacks [GenerateSerializer, Immutable]")]
    [InlineData("[GenerateSerializer, Immutable] public sealed class Loose { public string Text { get; set; } = \"\"; }", "property Loose.Text can be assigned")]
    [InlineData("[GenerateSerializer, Immutable] public sealed class Loose { public string Text = \"\"; }", "field Loose.Text can be assigned")]
    [InlineData("[GenerateSerializer, Immutable] public sealed record Loose(string[] Words);", "string[] can be changed")]
    [InlineData("[GenerateSerializer, Immutable] public sealed class Loose { readonly List<int> _all = []; }", "List<int> lacks")]
    [InlineData("[GenerateSerializer, Immutable] public sealed record Loose(Inner Inner); public sealed record Inner(int Number);", "Inner lacks")]
    public void A_message_that_can_be_changed_is_refused_where_it_is_declared(string message, string expected)
    {
        var refused = Assert.Single(Build("Task Take();", message));

        Assert.Equal("VG001", refused.Id);
        Assert.Contains(expected, refused.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("Loose", refused.Location.SourceTree!.ToString()[refused.Location.SourceSpan.Start..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_flaw_of_the_parent_counts_and_computed_or_static_members_do_not()
    {
        const string Parent = "[GenerateSerializer, Immutable] public abstract record Parent { public string[] Words { get; init; } = []; }\n";
        const string Child = "[GenerateSerializer, Immutable] public sealed record Child : Parent;\n";
        const string Computed = "[GenerateSerializer, Immutable] public sealed record Sum(int A) { public static int Made { get; set; } public int[] All => [A]; }\n";

        Assert.Equal(["Parent", "Child"], Build("Task Take();", Parent + Child + Computed).Select(static flaw => TextAt(flaw.Location)));
    }

    [Fact]
    public void A_message_that_holds_itself_is_looked_at_once() =>
        Assert.Empty(Build("Task Take(Tree tree);", "[GenerateSerializer, Immutable] public sealed record Tree(ImmutableArray<Tree> Branches);"));

    [Theory]
    [InlineData("void Take();")]
    [InlineData("int Take();")]
    [InlineData("ValueTask Take();")]
    [InlineData("Task Take<T>();")]
    [InlineData("IAsyncEnumerable<int> Take();")]
    public void A_method_that_is_no_task_is_refused(string method)
    {
        var refused = Assert.Single(Build(method));

        Assert.Equal(("VG002", DiagnosticSeverity.Error), (refused.Id, refused.Severity));
        Assert.Contains("IProbeGrain.Take", refused.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal("Take", TextAt(refused.Location));
    }

    [Fact]
    public void Observers_are_held_to_the_same_rules() =>
        Assert.Equal(["VG001", "VG002"], Build("Task Take();", "public interface IEar : IGrainObserver { Task Hear(byte[] audio); void Stop(); }").Select(static flaw => flaw.Id).Order());

    [Fact]
    public void Interfaces_that_are_no_grains_are_left_alone() =>
        Assert.Empty(Build("Task Take();", "public interface IPlain : IDisposable { void Take(byte[] audio); }"));

    static string TextAt(Location location) => location.SourceTree!.ToString().Substring(location.SourceSpan.Start, location.SourceSpan.Length);

    static IReadOnlyList<Diagnostic> Build(string method, string more = "")
    {
        var source = $$"""
            {{Orleans}}
            public interface IProbeGrain : IGrainWithStringKey { {{method}} }
            public interface INoteGrain : IGrainWithStringKey { Task Take(Note note); }
            public interface INoteObserver : IGrainObserver { Task Take(Note note); }
            [GenerateSerializer, Immutable] public sealed record Note(string Text, ImmutableArray<int> Numbers) { public int Length => Text.Length; }
            {{more}}
            """;
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal))
            .Select(static file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create(
            "Probe", [CSharpSyntaxTree.ParseText(source)], platform, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return CSharpGeneratorDriver.Create(new ProxyGenerator()).RunGenerators(compilation).GetRunResult().Diagnostics;
    }
}
