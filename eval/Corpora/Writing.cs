namespace VoiceGrains.Eval.Corpora;

/// <summary>How a language is written: with spaces between words or without.</summary>
static class Writing
{
    const string Marks = ",.、。";

    public static bool HasSpaces(Language language) => language.Primary is not ("ja" or "zh");

    public static string Join(Language language, string before, string after) =>
        before.Length == 0 || after.Length == 0 || !HasSpaces(language) ? before + after : $"{before} {after}";

    /// <summary>What is counted as one unit of output: a word, or a character where no spaces are written.</summary>
    public static IReadOnlyList<string> Units(Language language, string text) => HasSpaces(language)
        ? text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        : [.. text.Where(static letter => !char.IsWhiteSpace(letter)).Select(static letter => letter.ToString())];

    /// <summary>The text without white space, for comparing.</summary>
    public static string Packed(string text) => text.Contains(' ', StringComparison.Ordinal) ? text.Replace(" ", "", StringComparison.Ordinal) : text;

    /// <summary>A word without its marks, in small letters: how words are compared.</summary>
    public static string Plain(string word) => Bare(word).ToLowerInvariant();

    /// <summary>A word without its marks.</summary>
    public static string Bare(string word) => word.TrimEnd(',', '.', '、', '。');

    public static bool EndsClause(string text) => text.Length > 0 && Marks.Contains(text[^1], StringComparison.Ordinal);
}
