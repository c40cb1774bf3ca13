using System.Globalization;
using System.Text;

namespace VoiceGrains.Silo.Engines.Phrasebooks;

/// <summary>Cuts text into the words that matter for matching: lower case, composed letters, no punctuation but apostrophes inside words.</summary>
static class PhraseWords
{
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormC).Replace('’', '\''))
        {
            if (char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || (c == '\'' && word.Length > 0))
                word.Append(char.ToLower(c, CultureInfo.InvariantCulture));
            else
                End(words, word);
        }

        End(words, word);
        return words;
    }

    static void End(List<string> words, StringBuilder word)
    {
        var text = word.ToString().TrimEnd('\'');
        if (text.Length > 0)
            words.Add(text);
        word.Clear();
    }
}
