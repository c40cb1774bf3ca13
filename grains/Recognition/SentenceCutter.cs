namespace VoiceGrains.Recognition;

/// <summary>Cuts text after sentence marks, so that each sentence can be translated by itself.</summary>
static class SentenceCutter
{
    const string Marks = ".!?…؟。！？";

    /// <summary>The complete sentences at the beginning of the text, and what is left over.</summary>
    public static (string Complete, string Unfinished) CutLast(string text)
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (EndsSentence(text, i))
                return (text[..(i + 1)].Trim(), text[(i + 1)..].Trim());
        }

        return ("", text);
    }

    /// <summary>All sentences of a text; the last may lack its mark.</summary>
    public static IReadOnlyList<string> All(string text)
    {
        var sentences = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!EndsSentence(text, i))
                continue;
            sentences.Add(text[start..(i + 1)].Trim());
            start = i + 1;
        }

        if (text[start..].Trim() is { Length: > 0 } rest)
            sentences.Add(rest);
        return sentences;
    }

    /// <summary>Whether the text ends with a sentence mark.</summary>
    public static bool IsWhole(string text) => text.Length > 0 && EndsSentence(text, text.Length - 1);

    static bool EndsSentence(string text, int at) =>
        Marks.Contains(text[at], StringComparison.Ordinal) && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]) || text[at] > 0x3000);
}
