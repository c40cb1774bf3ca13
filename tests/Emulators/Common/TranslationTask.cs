using VoiceGrains.Silo.Engines.Scripted;

namespace VoiceGrains.Tests.Emulators.Common;

/// <summary>
/// What our product asks a chat model to translate: the last user message is one JSON object with exactly these fields, and nothing that was said stands
/// anywhere else. That object is the only place this is read from, as a good model would; it answers word by word like <see cref="ScriptedTranslator"/>.
/// </summary>
sealed record TranslationTask(
    string From, string To, string? Formality, IReadOnlyList<(string Source, string Target)> Glossary, IReadOnlyList<(string Speaker, string Text)> Dialogue, string? Committed, string? Begun, string Text,
    bool IsBrief)
{
    /// <summary>Null: the message is an ordinary one, and not a translation.</summary>
    public static TranslationTask? TryRead(string system, string lastUserMessage, Func<string, RefusedException> refuse)
    {
        if (TaskFields.Open(lastUserMessage, "the translation", refuse) is not { } task)
            return null;
        task.Only("from", "to", "formality", "glossary", "dialogue", "committed", "begun", "brief", "text");
        var read = new TranslationTask(
            task.Text("from"),
            task.Text("to"),
            TaskFields.Formality(task, refuse),
            TaskFields.Glossary(task),
            TaskFields.Dialogue(task),
            task.TextOrNull("committed"),
            task.TextOrNull("begun"),
            task.Text("text"),
            task.Flag("brief"));
        TaskFields.Check((read.From, read.To), read.Said, system, refuse);
        return read;
    }

    IEnumerable<string> Said => [Text, Committed ?? "", Begun ?? "", .. Dialogue.Select(static line => line.Text)];

    /// <summary>The translation, with the glossary's terms in their place; of one that was begun the rest.</summary>
    public string Answer()
    {
        var to = Language.Parse(To);
        var whole = Glossary.Aggregate(
            ScriptedTranslator.Translate(Text, to), (text, term) => text.Replace(ScriptedTranslator.Translate(term.Source, to), term.Target, StringComparison.OrdinalIgnoreCase));
        return Begun is { } begun && whole.StartsWith(begun, StringComparison.Ordinal) ? whole[begun.Length..].TrimStart() : whole;
    }

    /// <summary>Cut as models cut: a word with the blank before it.</summary>
    public static IReadOnlyList<string> Deltas(string text)
    {
        var deltas = new List<string>();
        for (int at = 0, next; at < text.Length; at = next)
        {
            next = text.IndexOf(' ', at + 1) is > 0 and var blank ? blank : text.Length;
            deltas.Add(text[at..next]);
        }

        return deltas;
    }
}
