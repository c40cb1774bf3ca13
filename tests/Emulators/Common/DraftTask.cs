using System.Globalization;
using VoiceGrains.Silo.Engines.Scripted;

namespace VoiceGrains.Tests.Emulators.Common;

/// <summary>
/// A sentence that our product asks a chat model to interpret while it is being spoken: one JSON object with exactly these fields, of which <c>words</c> tells it
/// from a <see cref="TranslationTask"/>. The answer has a line for each word, with the text that the translation of the whole sentence would have there.
/// </summary>
sealed record DraftTask(
    string From, string To, string? Formality, IReadOnlyList<(string Source, string Target)> Glossary, IReadOnlyList<(string Speaker, string Text)> Dialogue, string? Committed,
    IReadOnlyList<string> Words, int Admitted, string? Begun, bool IsWhole, bool IsBrief)
{
    /// <summary>Null: the message is none.</summary>
    public static DraftTask? TryRead(string system, string lastUserMessage, Func<string, RefusedException> refuse)
    {
        if (TaskFields.Open(lastUserMessage, "the draft", refuse) is not { } task || !task.Has("words"))
            return null;
        task.Only("from", "to", "formality", "glossary", "dialogue", "committed", "words", "admitted", "begun", "whole", "brief");
        var words = task.List("words").Select((word, at) => WordOf(word, at, refuse)).ToList();
        if (words.Count == 0)
            throw refuse("the draft has no words");
        var admitted = task.NumberOrNull("admitted", 0, words.Count) ?? throw refuse("the draft lacks admitted");
        if (admitted != Math.Floor(admitted))
            throw refuse("the draft: admitted is no number of words");
        var read = new DraftTask(
            task.Text("from"), task.Text("to"), TaskFields.Formality(task, refuse), TaskFields.Glossary(task), TaskFields.Dialogue(task), task.TextOrNull("committed"),
            words, (int)admitted, task.TextOrNull("begun"), task.Flag("whole"), task.Flag("brief"));
        TaskFields.Check((read.From, read.To), read.Said, system, refuse);
        return read;
    }

    IEnumerable<string> Said => [.. Words, string.Join(' ', Words), Committed ?? "", Begun ?? "", .. Dialogue.Select(static line => line.Text)];

    /// <summary>The answer as a model writes it: each line in two tokens, and no end behind the last.</summary>
    /// <param name="form">How it is wrong, if that is about drafts.</param>
    public IReadOnlyList<string> Deltas(FaultForm? form)
    {
        var lines = form == FaultForm.RepeatedBeginning ? Pieces() : [.. Pieces().Skip(CountBegun())];
        var texts = lines.Select((line, at) => form switch
        {
            FaultForm.LowTags => [Tag(Math.Max(1, line.Needs - 1)), line.Text],
            FaultForm.MalformedLines => Malformed(line.Needs, line.Text, at),
            _ => new[] { Tag(line.Needs), line.Text },
        });
        return lines.Count == 0 ? ["-"] : [.. texts.SelectMany((line, at) => at + 1 < lines.Count ? [line[0], line[1] + "\n"] : line)];
    }

    /// <summary>The words of the translation, and how many of the sentence each needs: a term of the glossary needs the last of its own.</summary>
    public IReadOnlyList<(int Needs, string Text)> Pieces()
    {
        var to = Language.Parse(To);
        var letters = Words.SelectMany((word, at) => (at == 0 ? "" : " ").Concat(ScriptedTranslator.Translate(word, to)).Select(letter => (Needs: at + 1, Letter: letter))).ToList();
        foreach (var (source, target) in Glossary)
            Replace(letters, ScriptedTranslator.Translate(source, to), target);
        var pieces = new List<(int Needs, string Text)>();
        for (int from = 0, end; from < letters.Count; from = end + 1)
        {
            end = letters.FindIndex(from, static letter => letter.Letter == ' ') is >= 0 and var blank ? blank : letters.Count;
            if (end > from)
                pieces.Add((letters[from..end].Max(static letter => letter.Needs), string.Concat(letters[from..end].Select(static letter => letter.Letter))));
        }

        return pieces;
    }

    int CountBegun() => Begun?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length ?? 0;

    // None of them is right, and none of them may lose the word.
    string[] Malformed(int needs, string text, int at) => (at % 6) switch
    {
        0 => ["", text],
        1 => [Tag(0), text],
        2 => [Tag(Words.Count + 7), text],
        3 => [$"[{needs}] | ", text],
        4 => ["|", text],
        _ => [Tag(needs), $"{text}|"],
    };

    static void Replace(List<(int Needs, char Letter)> letters, string source, string target)
    {
        for (var at = 0; at + source.Length <= letters.Count; at++)
        {
            if (!letters.Skip(at).Take(source.Length).Select(static letter => letter.Letter).SequenceEqual(source, Caseless))
                continue;
            var needs = letters[at + source.Length - 1].Needs;
            letters.RemoveRange(at, source.Length);
            letters.InsertRange(at, target.Select(letter => (needs, letter)));
            at += target.Length - 1;
        }
    }

    static readonly EqualityComparer<char> Caseless = EqualityComparer<char>.Create(static (one, other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other));

    static string Tag(int needs) => string.Create(CultureInfo.InvariantCulture, $"{needs}|");

    static string WordOf(StrictJson word, int at, Func<string, RefusedException> refuse)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"{at + 1}:");
        if (word.Element.ValueKind != System.Text.Json.JsonValueKind.String || word.Element.GetString() is not { } text || !text.StartsWith(number, StringComparison.Ordinal))
            throw refuse("the draft: a word has not its number before it");
        return text.Length > number.Length && !text.Any(char.IsWhiteSpace) ? text[number.Length..] : throw refuse("the draft: a word is none");
    }
}
