namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>Which of the vendor's language codes a language is recognized by. A variant that the model does not list is recognized as the language itself.</summary>
static class DeepgramLanguages
{
    // Deepgram docs, models and languages overview, and the changelog to September 2026.
    static readonly HashSet<string> NovaCodes =
    [
        "en", "en-US", "en-AU", "en-GB", "en-IN", "en-NZ", "es", "es-419", "fr", "fr-CA", "pt", "pt-BR", "pt-PT", "de", "de-CH", "nl", "nl-BE", "sv", "sv-SE",
        "da", "da-DK", "it", "tr", "no", "id", "bg", "cs", "fi", "hi", "hu", "ja", "ko", "ko-KR", "pl", "ru", "uk", "vi", "ca", "et", "el", "lv", "lt", "ms",
        "ro", "sk", "be", "bn", "bs", "hr", "kn", "mk", "mr", "sr", "sl", "ta", "tl", "te", "he", "fa", "ur", "ar", "zh", "zh-CN", "zh-TW", "zh-HK", "th",
        "th-TH", "gu", "gu-IN", "af", "hy", "ka", "ne", "pa",
    ];

    // Deepgram docs, Flux feature overview.
    static readonly HashSet<string> FluxCodes = ["en", "es", "fr", "de", "hi", "ru", "pt", "ja", "it", "nl"];

    /// <summary>Null: Nova does not know it.</summary>
    public static string? ForNova(Language language) => language.Primary switch
    {
        "zh" => ForChinese(language.Tag),
        "yue" => "zh-HK",
        "nb" or "nn" => "no",
        "fil" => "tl",
        _ => NovaCodes.TryGetValue(WithoutScript(language.Tag), out var known) || NovaCodes.TryGetValue(language.Primary, out known) ? known : null,
    };

    /// <summary>Null: Flux does not know it.</summary>
    public static string? ForFlux(Language language) => FluxCodes.TryGetValue(language.Primary, out var known) ? known : null;

    // The code chooses the script that is written, and for Hong Kong the language that is spoken.
    static string ForChinese(string tag) =>
        tag.Contains("-HK", StringComparison.Ordinal) || tag.Contains("-MO", StringComparison.Ordinal) ? "zh-HK"
        : tag.Contains("-Hant", StringComparison.Ordinal) || tag.Contains("-TW", StringComparison.Ordinal) ? "zh-TW"
        : "zh-CN";

    static string WithoutScript(string tag) => string.Join('-', tag.Split('-').Where(static (part, place) => place == 0 || part.Length < 4));
}
