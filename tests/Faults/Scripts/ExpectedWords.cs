using VoiceGrains.Silo.Engines.Scripted;

namespace VoiceGrains.Tests.Faults.Scripts;

/// <summary>What a script lets everybody read and hear.</summary>
static class ExpectedWords
{
    /// <summary>The words of a line as a listener reads them: translated, unless they speak its language.</summary>
    public static IReadOnlyList<string> Read(CallScript script, Line line, string listener)
    {
        var language = script.LanguageOf(listener);
        return language == script.LanguageOf(line.Speaker) ? line.Words : Translated(line, language);
    }

    /// <summary>Whether a listener hears a speaker in translation; those of the same language hear the voice itself.</summary>
    public static bool HearsTranslated(CallScript script, string speaker, string listener) =>
        speaker != listener && script.LanguageOf(speaker) != script.LanguageOf(listener);

    static string[] Translated(Line line, string language) =>
        ScriptedTranslator.Translate(line.Text, VoiceGrains.Language.Parse(language)).Split(' ');
}
