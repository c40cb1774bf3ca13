using System.Globalization;
using System.Text;

namespace VoiceGrains.Context;

/// <summary>Finds a term in a text whatever its case: where a word begins, and with whatever ending; in scripts that join words anywhere.</summary>
static class TermSearch
{
    public static bool Occurs(string term, string text)
    {
        for (var at = 0; at < text.Length && (at = text.IndexOf(term, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            if (BeginsWord(text, at))
                return true;
        }

        return false;
    }

    static bool BeginsWord(string text, int at)
    {
        if (at == 0)
            return true;
        Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var before, out _);
        Rune.DecodeFromUtf16(text.AsSpan(at), out var first, out _);
        return !IsOfWord(before) || !IsOfWord(first) || JoinsWords(before) || JoinsWords(first);
    }

    static bool IsOfWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Scripts without spaces between words, and those that write an article or preposition together with what follows it.
    static bool JoinsWords(Rune rune) => rune.Value is
        (>= 0x0590 and <= 0x08FF) // Hebrew, Arabic and their relatives
        or (>= 0x0E00 and <= 0x109F) // Thai, Lao, Tibetan, Burmese
        or (>= 0x1780 and <= 0x17FF) // Khmer
        or (>= 0x2E80 and <= 0xA4CF) // Kana, Han and their relatives
        or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFB1D and <= 0xFDFF)
        or (>= 0xFE70 and <= 0xFEFF)
        or (>= 0xFF66 and <= 0xFF9F)
        or (>= 0x20000 and <= 0x3FFFF);
}
