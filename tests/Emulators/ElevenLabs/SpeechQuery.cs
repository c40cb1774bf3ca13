using Microsoft.AspNetCore.Http;

namespace VoiceGrains.Tests.Emulators.ElevenLabs;

/// <summary>The settings in a speech address, checked as ElevenLabs' AsyncAPI and OpenAPI state them.</summary>
/// <param name="InactivityTimeout">20 s unless asked for more, at most 180.</param>
sealed record SpeechQuery(string Model, string? Language, bool IsAuto, TimeSpan InactivityTimeout)
{
    static readonly HashSet<string> Models =
        ["eleven_flash_v2_5", "eleven_turbo_v2_5", "eleven_multilingual_v2", "eleven_flash_v2", "eleven_turbo_v2", "eleven_monolingual_v1", "eleven_v3"];

    static readonly HashSet<string> OfSocket =
    [
        "model_id", "language_code", "output_format", "inactivity_timeout", "auto_mode", "sync_alignment", "apply_text_normalization", "enable_ssml_parsing",
        "enable_logging", "seed", "authorization", "single_use_token",
    ];

    static readonly HashSet<string> OfHttp = ["output_format", "enable_logging", "optimize_streaming_latency"];

    /// <summary>Whether the model obeys a language; on others the setting is an error (ElevenLabs API reference, language_code).</summary>
    public static bool TakesLanguage(string model) => model is "eleven_flash_v2_5" or "eleven_turbo_v2_5" or "eleven_v3";

    public static bool IsKnown(string model) => Models.Contains(model);

    /// <summary>Reads those of a socket. Null: wrong, and <paramref name="mistake"/> says how.</summary>
    public static SpeechQuery? ForSocket(IQueryCollection query, out string? mistake)
    {
        mistake = Foreign(query, OfSocket) ?? Format(query) ?? Booleans(query);
        var model = query["model_id"].FirstOrDefault() ?? "eleven_multilingual_v2";
        var language = query["language_code"].FirstOrDefault();
        var inactivity = query["inactivity_timeout"].FirstOrDefault() ?? "20";
        if (!int.TryParse(inactivity, out var seconds) || seconds is < 1 or > 180)
            mistake ??= "inactivity_timeout is 1 to 180";
        return mistake is null ? new SpeechQuery(model, language, query["auto_mode"] == "true", TimeSpan.FromSeconds(seconds)) : null;
    }

    /// <summary>What is wrong with the query of an HTTP request. Null: nothing.</summary>
    public static string? MistakeOfHttp(IQueryCollection query) => Foreign(query, OfHttp) ?? Format(query) ?? Booleans(query);

    static string? Foreign(IQueryCollection query, HashSet<string> known) =>
        query.Keys.FirstOrDefault(key => !known.Contains(key)) is { } key ? $"unknown query parameter {key}" : null;

    // Only what this product asks for is spoken here.
    static string? Format(IQueryCollection query) => query["output_format"] == "pcm_16000" ? null : "output_format is not pcm_16000";

    static string? Booleans(IQueryCollection query) =>
        query.FirstOrDefault(static each => each.Key is "auto_mode" or "sync_alignment" or "enable_logging" or "enable_ssml_parsing" && each.Value.ToString() is not ("true" or "false")).Key
            is { } key ? $"{key} is true or false" : null;
}
