using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>What we say on a multi-context socket (ElevenLabs AsyncAPI, SendMessageMulti).</summary>
static class SocketMessages
{
    public const string CloseSocket = """{"close_socket":true}""";

    /// <summary>The first message of a context, the only one with voice settings: later ones, even after a keep-alive that came first, end the whole socket.</summary>
    public static string Begin(string context, ElevenLabsOptions options) => new JsonObject
    {
        ["text"] = " ",
        ["context_id"] = context,
        ["voice_settings"] = new JsonObject { ["stability"] = options.Stability, ["similarity_boost"] = options.Similarity, ["speed"] = options.Speed },
    }.ToJsonString();

    /// <summary>Text ends with a space, or it would be glued to what follows; the flush has it spoken at once.</summary>
    public static string Say(string context, string clause) => new JsonObject { ["text"] = clause.Trim() + " ", ["context_id"] = context, ["flush"] = true }.ToJsonString();

    public static string KeepAlive(string context) => new JsonObject { ["text"] = "", ["context_id"] = context }.ToJsonString();

    public static string Close(string context) => new JsonObject { ["context_id"] = context, ["close_context"] = true }.ToJsonString();
}

/// <summary>What the vendor says. Types and fields that nobody documented are passed over; both ways to write names occur.</summary>
/// <param name="Context">Null: it is of no context, or of all.</param>
/// <param name="Error">The vendor's name for an error; null: it is none.</param>
sealed record SocketAnswer(string? Context, byte[] Audio, bool IsFinal, string? Error)
{
    /// <summary>Null: it is no JSON object, or its audio is no audio.</summary>
    public static SocketAnswer? Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var fields = document.RootElement;
            if (fields.ValueKind != JsonValueKind.Object)
                return null;
            var audio = Field(fields, "audio", "audio") is { ValueKind: JsonValueKind.String } text ? text.GetBytesFromBase64() : [];
            return new SocketAnswer(
                Field(fields, "contextId", "context_id") is { ValueKind: JsonValueKind.String } context ? context.GetString() : null,
                audio,
                Field(fields, "isFinal", "is_final") is { ValueKind: JsonValueKind.True },
                Field(fields, "error", "error") is { ValueKind: JsonValueKind.String } error ? error.GetString() : null);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return null;
        }
    }

    static JsonElement? Field(JsonElement fields, string name, string other) =>
        fields.TryGetProperty(name, out var value) || fields.TryGetProperty(other, out value) ? value : null;
}
