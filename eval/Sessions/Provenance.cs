using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Models;

namespace VoiceGrains.Eval.Sessions;

/// <summary>
/// Finds out which words of which drafts a committed text consists of. So policies give plain text, as they do in the product, and the harness knows all the same
/// which source word each committed word depends on.
/// </summary>
static class Provenance
{
    /// <summary>The words of the text, found in the newest draft that has the longest run of them.</summary>
    /// <param name="text">Without spaces.</param>
    /// <param name="said">Words that were committed before: taken only when nothing else fits.</param>
    /// <param name="unexplained">How many letters and digits stand in no draft. A mark may come later than its word, which stood in a draft without it.</param>
    public static List<(DraftToken? Token, string Text, AnsweredDraft? Draft)> Of(
        ReadOnlySpan<char> text, IReadOnlyList<AnsweredDraft> drafts, IReadOnlySet<TokenKey> said, out int unexplained)
    {
        var words = new List<(DraftToken?, string, AnsweredDraft?)>();
        unexplained = 0;
        while (text.Length > 0)
        {
            var (draft, from, count, length) = LongestRun(text, drafts, said);
            if (draft is null)
            {
                foreach (var letter in text)
                    unexplained += char.IsLetterOrDigit(letter) ? 1 : 0;
                words.Add((null, text.ToString(), null));
                return words;
            }

            for (var i = from; i < from + count; i++)
                words.Add((draft.Tokens[i], Writing.Packed(draft.Tokens[i].Text), draft));
            text = text[length..];
        }

        return words;
    }

    static (AnsweredDraft? Draft, int From, int Count, int Length) LongestRun(
        ReadOnlySpan<char> text, IReadOnlyList<AnsweredDraft> drafts, IReadOnlySet<TokenKey> said)
    {
        (AnsweredDraft? Draft, int From, int Count, int Length) best = default;
        var bestIsNew = false;
        foreach (var draft in drafts)
        {
            for (var from = 0; from < draft.Tokens.Length; from++)
            {
                var (count, length) = Run(text, draft, from);
                var isNew = !said.Contains(draft.Tokens[from].Key);
                if (count > 0 && (length > best.Length && isNew == bestIsNew || isNew && !bestIsNew || best.Draft is null))
                    (best, bestIsNew) = ((draft, from, count, length), isNew);
            }
        }

        return best;
    }

    static (int Count, int Length) Run(ReadOnlySpan<char> text, AnsweredDraft draft, int from)
    {
        var (count, length) = (0, 0);
        while (from + count < draft.Tokens.Length && length < text.Length)
        {
            var word = Writing.Packed(draft.Tokens[from + count].Text);
            if (!text[length..].StartsWith(word, StringComparison.Ordinal))
                break;
            length += word.Length;
            count++;
        }

        return (count, length);
    }
}
