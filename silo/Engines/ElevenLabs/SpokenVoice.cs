using VoiceGrains.Voices;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>What a socket is for: it speaks with one voice and language only, because both are in its address.</summary>
/// <param name="Id">The vendor's id of the voice.</param>
/// <param name="Language">ISO 639-1; null where the model takes none: asking one of those for a language is an error.</param>
sealed record SpokenVoice(string Id, string? Language)
{
    /// <summary>The voice to speak with: somebody's own, if it is one of this vendor, else a stock voice of the language and gender.</summary>
    public static SpokenVoice Of(Voice voice, ElevenLabsOptions options)
    {
        var own = voice.Own is { Engine: ElevenLabsFault.Engine } made ? made.Id : null;
        return new SpokenVoice(own ?? Stock(voice, options), TakesLanguage(options.Model) ? CodeOf(voice.Language) : null);
    }

    /// <summary>Flash and Turbo v2.5 and everything newer enforce languages (ElevenLabs API reference, language_code).</summary>
    public static bool TakesLanguage(string model) => model.Contains("_v2_5", StringComparison.Ordinal) || IsOfVersion3(model);

    /// <summary>Whether the multi-context WebSocket refuses the model (ElevenLabs multi-context WebSocket guide).</summary>
    public static bool IsOfVersion3(string model) => model.StartsWith("eleven_v3", StringComparison.Ordinal);

    static string Stock(Voice voice, ElevenLabsOptions options)
    {
        var ofLanguage = options.Voices.GetValueOrDefault(voice.Language.Primary);
        return voice.Gender == Gender.Female ? ofLanguage?.Female ?? options.FemaleVoice : ofLanguage?.Male ?? options.MaleVoice;
    }

    // The vendor has one code for both ways to write Norwegian.
    static string CodeOf(Language language) => language.Primary is "nb" or "nn" ? "no" : language.Primary;
}
