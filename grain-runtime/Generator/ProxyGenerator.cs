using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace VoiceGrains.GrainRuntime.Generator;

/// <summary>
/// Writes, for each grain and observer interface, a proxy and one request class per method, and per assembly the list of proxies and
/// grain classes. Reports messages that could share memory between grains (VG001) and methods it can't proxy (VG002).
/// </summary>
[Generator]
public sealed class ProxyGenerator : IIncrementalGenerator
{
    static readonly DiagnosticDescriptor NotImmutable = new(
        "VG001",
        "A message must be immutable",
        "{0}: {1}. Calls in one process pass messages by reference, so use a record with [GenerateSerializer, Immutable], ImmutableArray or a plain value.",
        "VoiceGrains",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    static readonly DiagnosticDescriptor NotCallable = new(
        "VG002",
        "A grain method must return Task or Task<T>",
        "{0} must be a method without type parameters that returns Task or Task<T>",
        "VoiceGrains",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var interfaces = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is InterfaceDeclarationSyntax { BaseList: not null },
            static (found, token) => found.SemanticModel.GetDeclaredSymbol(found.Node, token) as INamedTypeSymbol);
        var classes = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is ClassDeclarationSyntax { BaseList: not null },
            static (found, token) => found.SemanticModel.GetDeclaredSymbol(found.Node, token) as INamedTypeSymbol);
        var messages = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Orleans.GenerateSerializerAttribute",
            static (_, _) => true,
            static (found, _) => (INamedTypeSymbol)found.TargetSymbol);
        // Cases of a closed hierarchy appear in no method, so messages are checked wherever they are declared.
        context.RegisterSourceOutput(messages, static (output, message) => Report(output, message.Locations[0], "The message", message));
        context.RegisterSourceOutput(
            interfaces.Collect().Combine(classes.Collect()).Combine(context.CompilationProvider),
            static (output, found) => Write(output, found.Left.Left, found.Left.Right, found.Right));
    }

    static void Write(
        SourceProductionContext output,
        ImmutableArray<INamedTypeSymbol?> interfaces,
        ImmutableArray<INamedTypeSymbol?> classes,
        Compilation compilation)
    {
        var callable = Distinct(interfaces).Where(IsCallable).ToList();
        var grains = Distinct(classes).Where(IsGrain).ToList();
        if (callable.Count == 0 && grains.Count == 0)
            return;

        foreach (var grainInterface in callable)
            Check(output, grainInterface);

        var assembly = new string((compilation.AssemblyName ?? "Program").Select(static c => char.IsLetterOrDigit(c) ? c : '_').ToArray());
        output.AddSource("GrainProxies.g.cs", SourceText.From(new ProxyWriter(assembly).Write(callable, grains), Encoding.UTF8));
    }

    static IEnumerable<INamedTypeSymbol> Distinct(IEnumerable<INamedTypeSymbol?> symbols) =>
        symbols.OfType<INamedTypeSymbol>().Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default);

    static bool IsCallable(INamedTypeSymbol type) => type.AllInterfaces.Any(static i => i.ToDisplayString() is "Orleans.Runtime.IAddressable")
        && type.ToDisplayString() is not ("Orleans.IGrain" or "Orleans.IGrainObserver" or "Orleans.IGrainWithStringKey" or "Orleans.IGrainWithIntegerKey");

    static bool IsGrain(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent.ToDisplayString() == "Orleans.Grain")
                return !type.IsAbstract;
        }

        return false;
    }

    static void Check(SourceProductionContext output, INamedTypeSymbol grainInterface)
    {
        foreach (var method in grainInterface.GetMembers().OfType<IMethodSymbol>())
        {
            if (!IsProxied(method, out var answer))
            {
                output.ReportDiagnostic(Diagnostic.Create(NotCallable, method.Locations[0], method.ToDisplayString()));
                continue;
            }

            foreach (var parameter in method.Parameters)
                Report(output, parameter.Locations[0], $"Parameter '{parameter.Name}' of {method.Name}", parameter.Type);
            if (answer is not null)
                Report(output, method.Locations[0], $"The answer of {method.Name}", answer);
        }
    }

    static void Report(SourceProductionContext output, Location location, string what, ITypeSymbol type)
    {
        if (Immutability.Flaw(type) is { } flaw)
            output.ReportDiagnostic(Diagnostic.Create(NotImmutable, location, what, flaw));
    }

    /// <summary>Whether the method can be proxied, and what it answers with: null for a plain Task.</summary>
    internal static bool IsProxied(IMethodSymbol method, out ITypeSymbol? answer)
    {
        var returned = method.ReturnType.OriginalDefinition.ToDisplayString();
        answer = returned == "System.Threading.Tasks.Task<TResult>" ? ((INamedTypeSymbol)method.ReturnType).TypeArguments[0] : null;
        return !method.IsGenericMethod && (answer is not null || returned == "System.Threading.Tasks.Task");
    }
}
