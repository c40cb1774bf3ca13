using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Orleans.Activations;

namespace VoiceGrains.Tests.Cluster.Runtime;

/// <summary>Values of any type that may cross a grain call, made from a seed, and whether two of them hold the same.</summary>
sealed class AnyMessage(Random random, GrainFactory grains)
{
    static readonly string[] Languages = ["en", "pt-BR", "zh-Hant-TW", "ar"];

    internal object? Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return random.Next(3) == 0 ? null : Of(inner);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return Several(type.GenericTypeArguments[0]);
        return Plain(type) ?? (type.IsInterface ? Reference(type) : Record(type));
    }

    /// <summary>Whether two values hold the same; types and members count, identity does not.</summary>
    internal static bool AreSame(object? one, object? other)
    {
        if (one is null || other is null)
            return one is null && other is null;
        if (one.GetType() != other.GetType())
            return false;
        if (one is ReadOnlyMemory<byte> bytes)
            return bytes.Span.SequenceEqual(((ReadOnlyMemory<byte>)other).Span);
        if (one is IEnumerable and not string)
            return ((IEnumerable)one).Cast<object?>().ToList() is var ones && ((IEnumerable)other).Cast<object?>().ToList() is var others
                && ones.Count == others.Count && ones.Zip(others).All(static pair => AreSame(pair.First, pair.Second));
        var members = one.GetType().Assembly == typeof(CallId).Assembly && !one.GetType().IsEnum
            ? one.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.CanWrite).ToList()
            : [];
        return members.Count == 0 ? one.Equals(other) || one is not ValueType and not string and not GrainReference : members.All(member => AreSame(member.GetValue(one), member.GetValue(other)));
    }

    object? Plain(Type type) => type switch
    {
        _ when type == typeof(string) => Text(),
        _ when type == typeof(bool) => random.Next(2) == 0,
        _ when type == typeof(int) => random.Next(int.MinValue, int.MaxValue),
        _ when type == typeof(long) => random.NextInt64(long.MinValue, long.MaxValue),
        _ when type == typeof(byte) => (byte)random.Next(256),
        _ when type == typeof(double) => random.NextDouble() * 1e9,
        _ when type == typeof(TimeSpan) => TimeSpan.FromTicks(random.NextInt64(TimeSpan.TicksPerDay)),
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(random.NextInt64(TimeSpan.TicksPerDay * 700_000), TimeSpan.Zero),
        _ when type == typeof(Guid) => Guid.NewGuid(),
        _ when type == typeof(Language) => Language.Parse(Languages[random.Next(Languages.Length)]),
        _ when type == typeof(ReadOnlyMemory<byte>) => Bytes(),
        _ => null,
    };

    string Text() => string.Concat(Enumerable.Range(0, random.Next(0, 20)).Select(_ => char.ConvertFromUtf32(random.Next(3) switch
    {
        0 => random.Next(0x20, 0x7F),
        1 => random.Next(0xA0, 0x2FFF),
        _ => random.Next(0x1F300, 0x1F5FF),
    })));

    ReadOnlyMemory<byte> Bytes()
    {
        var bytes = new byte[random.Next(0, 5_000)];
        random.NextBytes(bytes);
        return bytes;
    }

    object Several(Type element)
    {
        var values = Array.CreateInstance(element, random.Next(0, 4));
        for (var i = 0; i < values.Length; i++)
            values.SetValue(Of(element), i);
        return typeof(ImmutableCollectionsMarshalOf<>).MakeGenericType(element).GetMethod("Wrap")!.Invoke(null, [values])!;
    }

    object Reference(Type type) => typeof(GrainFactory).GetMethod("Reference", BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(type)
        .Invoke(grains, [new GrainType(type.IsAssignableTo(typeof(IGrainObserver)) ? "observer" : "probe"), $"some/key {Text()}"])!;

    object Record(Type type)
    {
        if (type.IsAbstract)
        {
            var cases = type.Assembly.GetTypes().Where(found => !found.IsAbstract && found.IsSubclassOf(type)).ToList();
            type = cases[random.Next(cases.Count)];
        }

        var constructor = type.GetConstructors().MaxBy(static constructor => constructor.GetParameters().Length)!;
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && constructor.GetParameters().All(parameter => parameter.Name != property.Name)))
            property.SetValue(made, Of(property.PropertyType));
        return made;
    }

    static class ImmutableCollectionsMarshalOf<T>
    {
        public static ImmutableArray<T> Wrap(T[] values) => System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(values);
    }
}
