using System.Globalization;
using System.Text;

namespace VoiceGrains.Gateway;

/// <summary>Checks text that people wrote.</summary>
static class PlainText
{
    /// <summary>
    /// Whether the text holds characters that could hide or reorder what others read: controls (but line feed and tab), embeddings and overrides of
    /// direction (U+202A to U+202E), isolates (U+2066 to U+2069), lone surrogates and unassigned code points.
    /// </summary>
    public static bool HasHidden(string text)
    {
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            // A half of a pair shows up as U+FFFD without being one.
            if (rune == Rune.ReplacementChar && text[at] != '\uFFFD')
                return true;
            at += rune.Utf16SequenceLength;
            var value = rune.Value;
            if (value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069))
                return true;
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned && value is not ('\n' or '\t' or '\r'))
                return true;
        }

        return false;
    }

    /// <summary>What <see cref="IsName"/> asks for.</summary>
    public const string NameRule = "'name' must have 1 to 80 characters, without control characters or direction overrides.";

    /// <summary>Whether others may be shown this as somebody's name.</summary>
    public static bool IsName(string text) => text.Length is > 0 and <= 80 && !HasHidden(text);

    /// <summary>One line, single spaces.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
