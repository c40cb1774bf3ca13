namespace VoiceGrains.Lanes;

/// <summary>How a language is written: with spaces between words or without.</summary>
static class Spacing
{
    /// <summary>Whether words stand apart. Chinese, Japanese, Thai, Lao, Khmer and Burmese write none between words.</summary>
    public static bool Has(Language language) => language.Primary is not ("ja" or "zh" or "yue" or "th" or "lo" or "km" or "my");

    /// <summary>The full stop. Thai, Lao, Khmer and Burmese write none that a voice needs.</summary>
    public static string StopOf(Language language) => Has(language) ? "." : language.Primary is "ja" or "zh" or "yue" ? "。" : "";

    public static string Join(Language language, string before, string after) =>
        before.Length == 0 || after.Length == 0 || !Has(language) ? before + after : $"{before} {after}";

    /// <summary>Text without white space, for comparing.</summary>
    public static string Packed(string text) => text.Any(char.IsWhiteSpace) ? string.Concat(text.Where(static letter => !char.IsWhiteSpace(letter))) : text;
}
