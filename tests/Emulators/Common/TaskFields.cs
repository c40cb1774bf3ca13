using System.Text.Json;

namespace VoiceGrains.Tests.Emulators.Common;

/// <summary>What all objects have in common that our product asks a chat model with, and how they are read.</summary>
static class TaskFields
{
    /// <summary>The object that a message is. Null: it is an ordinary message.</summary>
    public static StrictJson? Open(string message, string name, Func<string, RefusedException> refuse)
    {
        if (!message.StartsWith('{'))
            return null;
        try
        {
            using var json = JsonDocument.Parse(message);
            return new StrictJson(json.RootElement.Clone(), name, refuse);
        }
        catch (JsonException)
        {
            throw refuse("the last user message begins like JSON and is none");
        }
    }

    public static string? Formality(StrictJson task, Func<string, RefusedException> refuse) =>
        task.TextOrNull("formality") is var formality && formality is null or "formal" or "informal" ? formality : throw refuse("the translation has an unknown formality");

    public static IReadOnlyList<(string Source, string Target)> Glossary(StrictJson task) =>
        task.Has("glossary") ? [.. task.List("glossary").Select(static term => (term.Only("source", "target").Text("source"), term.Text("target")))] : [];

    public static IReadOnlyList<(string Speaker, string Text)> Dialogue(StrictJson task) =>
        task.Has("dialogue") ? [.. task.List("dialogue").Select(static line => (line.Only("speaker", "text").Text("speaker"), line.Text("text")))] : [];

    /// <summary>Refuses what names no languages, and speech outside the object.</summary>
    public static void Check((string From, string To) languages, IEnumerable<string> said, string system, Func<string, RefusedException> refuse)
    {
        if (!Language.TryParse(languages.From, out _) || !Language.TryParse(languages.To, out _))
            throw refuse("the translation names no languages");
        // Short words may occur in any instructions; a sentence does not.
        if (said.Any(text => text.Length > 12 && system.Contains(text, StringComparison.Ordinal)))
            throw refuse("what was said stands among the instructions");
    }
}
