using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans.Activations;
using Orleans.Runtime;

namespace Orleans.Wire;

/// <summary>How messages look as JSON: members by name, cases of a closed hierarchy by alias, references by identity, bytes beside it.</summary>
static class MessageJson
{
    internal static JsonSerializerOptions Options(GrainFactory factory) => new()
    {
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = false,
        Converters = { new Attachments.Converter(), new References(factory), new AddressConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameCases } },
    };

    static void NameCases(JsonTypeInfo type)
    {
        if (!type.Type.IsClass || !type.Type.IsAbstract || type.Type.GetCustomAttribute<AliasAttribute>() is null)
            return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "$", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization };
        foreach (var found in type.Type.Assembly.GetTypes().Where(found => !found.IsAbstract && found.IsSubclassOf(type.Type)))
        {
            if (found.GetCustomAttribute<AliasAttribute>() is { } alias)
                type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(found, alias.Alias));
        }
    }

    /// <summary>References to grains and observers as <c>type/key</c>.</summary>
    sealed class References(GrainFactory factory) : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsInterface && typeToConvert.IsAssignableTo(typeof(IAddressable));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(ReferenceConverter<>).MakeGenericType(typeToConvert), factory)!;
    }

    sealed class ReferenceConverter<T>(GrainFactory factory) : JsonConverter<T>
        where T : class
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? throw new JsonException("A reference is no text.");
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            return slash > 0 ? factory.Reference<T>(new GrainType(text[..slash]), text[(slash + 1)..]) : throw new JsonException("A reference has no type.");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value is GrainReference reference
            ? reference.GrainId.ToString()
            : throw new NotSupportedException($"A {typeof(T).Name} that is no reference can't leave its process. Use CreateObjectReference or GetGrain."));
    }

    /// <summary>Addresses of silos as <c>endpoint@generation</c>, also as keys.</summary>
    sealed class AddressConverter : JsonConverter<SiloAddress>
    {
        public override SiloAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

        public override SiloAddress ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

        public override void Write(Utf8JsonWriter writer, SiloAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

        public override void WriteAsPropertyName(Utf8JsonWriter writer, SiloAddress value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString());

        static SiloAddress Parse(string? text)
        {
            var at = text?.LastIndexOf('@') ?? -1;
            return at > 0 && IPEndPoint.TryParse(text.AsSpan(0, at), out var endpoint)
                && int.TryParse(text.AsSpan(at + 1), System.Globalization.CultureInfo.InvariantCulture, out var generation)
                ? new SiloAddress(endpoint, generation)
                : throw new JsonException("No address of a silo.");
        }
    }
}
