using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoiceGrains.Tests.Emulators.ElevenLabs;

/// <summary>A message of a client on the multi-context socket, its shape checked (ElevenLabs AsyncAPI, SendMessageMulti).</summary>
/// <param name="Settings">Its voice_settings as text, to compare; null: none.</param>
sealed record ClientMessage(string Context, string? Text, bool Flush, bool CloseContext, bool CloseSocket, string? Settings, int? FirstThreshold, string? Key)
{
    static readonly HashSet<string> Fields =
        ["text", "context_id", "flush", "close_context", "close_socket", "voice_settings", "generation_config", "xi_api_key", "authorization", "pronunciation_dictionary_locators"];

    static readonly HashSet<string> SettingFields = ["stability", "similarity_boost", "style", "use_speaker_boost", "speed"];

    /// <summary>Null: no message that the vendor takes, and <paramref name="mistake"/> says why.</summary>
    public static ClientMessage? Read(string? text, out string mistake)
    {
        mistake = "";
        try
        {
            if (text is null || JsonNode.Parse(text) is not JsonObject fields)
                return Wrong("a message is a JSON object in a text frame", out mistake);
            if (fields.FirstOrDefault(static field => !Fields.Contains(field.Key)).Key is { } foreign)
                return Wrong($"unknown field {foreign}", out mistake);
            var settings = fields["voice_settings"] as JsonObject;
            if (settings is not null && MistakeOf(settings) is { } wrong)
                return Wrong(wrong, out mistake);
            var schedule = (fields["generation_config"] as JsonObject)?["chunk_length_schedule"]?.AsArray().Select(static length => length!.GetValue<int>()).ToArray();
            if (schedule is not null && (schedule.Length == 0 || schedule.Any(static length => length is < 50 or > 500)))
                return Wrong("a length in chunk_length_schedule is 50 to 500", out mistake);
            return new ClientMessage(
                fields["context_id"]?.GetValue<string>() ?? "default",
                fields["text"]?.GetValue<string>(),
                Is(fields, "flush"),
                Is(fields, "close_context"),
                Is(fields, "close_socket"),
                settings?.ToJsonString(),
                schedule?[0],
                fields["xi_api_key"]?.GetValue<string>());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return Wrong("a message is not JSON of the documented shape", out mistake);
        }
    }

    static bool Is(JsonObject fields, string name) => fields[name]?.GetValue<bool>() ?? false;

    static string? MistakeOf(JsonObject settings)
    {
        if (settings.FirstOrDefault(static field => !SettingFields.Contains(field.Key)).Key is { } foreign)
            return $"unknown voice setting {foreign}";
        if (settings["speed"]?.GetValue<double>() is < 0.7 or > 1.2)
            return "speed is 0.7 to 1.2";
        return ((string[])["stability", "similarity_boost", "style"]).Any(name => settings[name]?.GetValue<double>() is < 0 or > 1) ? "a voice setting is 0 to 1" : null;
    }

    static ClientMessage? Wrong(string rule, out string mistake)
    {
        mistake = rule;
        return null;
    }
}
