using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Wire;

/// <summary>Bytes that travel beside the JSON of a message, which holds their position only. Valid while one message is written or read, on one thread.</summary>
static class Attachments
{
    [ThreadStatic]
    static List<ReadOnlyMemory<byte>>? leaving;

    [ThreadStatic]
    static ReadOnlyMemory<byte>[]? arriving;

    /// <summary>Those of the message that is being written.</summary>
    internal static List<ReadOnlyMemory<byte>> Leaving => leaving ??= [];

    /// <summary>Those of the message that is being read.</summary>
    internal static void Arrive(ReadOnlyMemory<byte>[] attachments) => arriving = attachments;

    /// <summary>Writes the position of the bytes, and keeps the bytes aside.</summary>
    internal sealed class Converter : JsonConverter<ReadOnlyMemory<byte>>
    {
        public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            arriving is { } all && reader.TryGetInt32(out var position) && position >= 0 && position < all.Length
                ? all[position]
                : throw new JsonException("There is no such attachment.");

        public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options)
        {
            writer.WriteNumberValue(Leaving.Count);
            Leaving.Add(value);
        }
    }
}
