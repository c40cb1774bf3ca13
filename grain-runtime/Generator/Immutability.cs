using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace VoiceGrains.GrainRuntime.Generator;

/// <summary>Says whether instances of a type can change after they were made.</summary>
static class Immutability
{
    static readonly HashSet<string> Values =
    [
        "System.Guid", "System.DateTime", "System.DateTimeOffset", "System.TimeSpan", "System.Uri", "System.Version", "System.Int128", "System.UInt128",
    ];

    /// <summary>What makes the type changeable, or null.</summary>
    internal static string? Flaw(ITypeSymbol type) => Flaw(type, []);

    static string? Flaw(ITypeSymbol type, HashSet<string> seen)
    {
        var name = type.OriginalDefinition.ToDisplayString();
        if (!seen.Add(type.ToDisplayString()) || type.TypeKind == TypeKind.Enum || IsPlainValue(type) || Values.Contains(name) || IsReference(type))
            return null;
        if (type is not INamedTypeSymbol named)
            return $"{type.ToDisplayString()} can be changed";
        if (IsContainerOfImmutables(named))
            return named.TypeArguments.Select(argument => Flaw(argument, seen)).FirstOrDefault(static flaw => flaw is not null);
        if (!Has(named, "Orleans.ImmutableAttribute") || !Has(named, "Orleans.GenerateSerializerAttribute"))
            return $"{type.ToDisplayString()} lacks [GenerateSerializer, Immutable]";
        return MembersOf(named).Select(member => FlawOf(member, seen)).FirstOrDefault(static flaw => flaw is not null);
    }

    static string? FlawOf(ISymbol member, HashSet<string> seen) => member switch
    {
        IFieldSymbol { IsStatic: false, IsReadOnly: false, IsImplicitlyDeclared: false } field => $"field {field.ToDisplayString()} can be assigned",
        IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } field => Flaw(field.Type, seen),
        IPropertySymbol { IsStatic: false, SetMethod: { IsInitOnly: false } } property => $"property {property.ToDisplayString()} can be assigned",
        IPropertySymbol { IsStatic: false, IsIndexer: false } property when IsStored(property) => Flaw(property.Type, seen),
        _ => null,
    };

    // A computed property holds nothing; a stored one has a field behind it.
    static bool IsStored(IPropertySymbol property) => property.ContainingType.GetMembers().OfType<IFieldSymbol>()
        .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type)
    {
        for (var at = type; at is not null && at.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType); at = at.BaseType)
        {
            foreach (var member in at.GetMembers())
                yield return member;
        }
    }

    static bool IsPlainValue(ITypeSymbol type) => type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String;

    static bool IsReference(ITypeSymbol type) => type.TypeKind == TypeKind.Interface
        && type.AllInterfaces.Any(static i => i.ToDisplayString() == "Orleans.Runtime.IAddressable");

    static bool IsContainerOfImmutables(INamedTypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        || type.OriginalDefinition.ToDisplayString() == "System.ReadOnlyMemory<T>"
        || type.ContainingNamespace.ToDisplayString() == "System.Collections.Immutable";

    static bool Has(INamedTypeSymbol type, string attribute) =>
        type.GetAttributes().Any(found => found.AttributeClass?.ToDisplayString() == attribute);
}
