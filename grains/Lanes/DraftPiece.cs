using System.Collections.Immutable;
using VoiceGrains.Recognition;

namespace VoiceGrains.Lanes;

/// <summary>A piece of a draft: the smallest that can be committed, a word where words stand apart.</summary>
/// <param name="Needs">How many source words it needs, as the translator says. Counts from the beginning of the request; never falls within a draft.</param>
readonly record struct DraftPiece(int Needs, string Text);

/// <summary>What a translator is asked for.</summary>
/// <param name="Source">The words to translate, as they looked.</param>
/// <param name="Committed">The translation that stands already and is to be continued. Empty: begin.</param>
/// <param name="IsWhole">Nothing is to be held back: no more words come that could change the sentence.</param>
sealed record DraftOrder(SourceText Source, string Committed, bool IsWhole);

/// <summary>Puts answers of translators into pieces.</summary>
static class DraftPieces
{
    // Without spaces between words two texts that have so many letters in common have them not by chance.
    const int LeastRepeated = 4;

    /// <summary>The pieces, with tags within their bounds: at least 1, never falling, at most the number of words.</summary>
    public static ImmutableArray<DraftPiece> Of(Language to, int words, IEnumerable<(int Needs, string Text)> fragments)
    {
        var pieces = ImmutableArray.CreateBuilder<DraftPiece>();
        var needs = 1;
        foreach (var fragment in fragments)
        {
            needs = Math.Max(needs, Math.Min(fragment.Needs, words));
            var texts = Spacing.Has(to) ? fragment.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [fragment.Text.Trim()];
            foreach (var text in texts.Where(static text => text.Length > 0))
            {
                // A mark that stands alone, as French writes some, is no clause of its own.
                if (pieces.Count > 0 && pieces[^1].Needs == needs && WordLists.IsMark(text))
                    pieces[^1] = new DraftPiece(needs, Spacing.Join(to, pieces[^1].Text, text));
                else
                    pieces.Add(new DraftPiece(needs, text));
            }
        }

        return pieces.ToImmutable();
    }

    /// <summary>
    /// Pieces of a translator that can't say what they need, with what the draft before tells: as far as both are the same, up to the last mark in it, the words of that one
    /// were enough (the common prefix of two drafts: LocalAgreement-2, Liu and others 2020).
    /// </summary>
    public static ImmutableArray<DraftPiece> Agreed(ImmutableArray<DraftPiece> pieces, ImmutableArray<DraftPiece> before)
    {
        var same = 0;
        while (same < pieces.Length && same < before.Length && pieces[same].Text == before[same].Text)
            same++;
        while (same > 0 && !WordLists.EndsWithMark(pieces[same - 1].Text))
            same--;
        return [.. pieces.Select((piece, at) => at < same ? piece with { Needs = Math.Min(before[at].Needs, piece.Needs) } : piece)];
    }

    /// <summary>Without what the translator repeats of the text that it was to continue.</summary>
    public static ImmutableArray<DraftPiece> WithoutRepeated(Language to, ImmutableArray<DraftPiece> pieces, string committed)
    {
        if (committed.Length == 0)
            return pieces;
        if (Behind(to, pieces, committed) is { } rest)
            return rest;
        var (begin, repeated) = ("", "");
        foreach (var piece in pieces)
        {
            var shorter = begin.Length;
            begin = Spacing.Join(to, begin, piece.Text);
            for (var length = Spacing.Has(to) ? begin.Length : Math.Min(begin.Length, Math.Max(shorter + 1, LeastRepeated)); length <= begin.Length; length++)
            {
                if (committed.EndsWith(Spacing.Has(to) ? " " + begin : begin[..length], StringComparison.Ordinal))
                    repeated = begin[..length];
            }
        }

        return Behind(to, pieces, repeated) ?? pieces;
    }

    /// <summary>What is left behind a text that the pieces begin with; null: they begin otherwise.</summary>
    public static ImmutableArray<DraftPiece>? Behind(Language to, ImmutableArray<DraftPiece> pieces, string begin)
    {
        var (packed, length, count) = (Spacing.Packed(begin), 0, 0);
        while (length < packed.Length && count < pieces.Length)
        {
            var piece = Spacing.Packed(pieces[count].Text);
            // Without spaces another draft is cut elsewhere.
            if (!Spacing.Has(to) && piece.StartsWith(packed[length..], StringComparison.Ordinal) && piece.Length > packed.Length - length)
                return pieces[count..].SetItem(0, pieces[count] with { Text = piece[(packed.Length - length)..] });
            if (!packed.AsSpan(length).StartsWith(piece, StringComparison.Ordinal))
                return null;
            length += piece.Length;
            count++;
        }

        return length == packed.Length ? pieces[count..] : null;
    }
}
