using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceGrains.Protocol;

/// <summary>Reads and writes text messages.</summary>
public static class ProtocolJson
{
    public const string Subprotocol = "voicegrains.v1";

    /// <summary>A message as UTF-8.</summary>
    public static byte[] Write(ServerMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, ProtocolJsonContext.Default.ServerMessage);

    /// <inheritdoc cref="Write(ServerMessage)"/>
    public static byte[] Write(ClientMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, ProtocolJsonContext.Default.ClientMessage);

    /// <summary>Reads a message of a client. Null: no JSON, no known type, or a field that is missing or of the wrong kind.</summary>
    public static ClientMessage? ReadClient(ReadOnlySpan<byte> text) => Read(text, ProtocolJsonContext.Default.ClientMessage);

    /// <summary>Reads a message of a server. Null: of a type that this client does not know.</summary>
    public static ServerMessage? ReadServer(ReadOnlySpan<byte> text) => Read(text, ProtocolJsonContext.Default.ServerMessage);

    static T? Read<T>(ReadOnlySpan<byte> text, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            return null; // The caller names the error to its peer.
        }
    }
}

/// <summary>Generated readers and writers.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowOutOfOrderMetadataProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 8)]
[JsonSerializable(typeof(ClientMessage))]
[JsonSerializable(typeof(ServerMessage))]
sealed partial class ProtocolJsonContext : JsonSerializerContext;
