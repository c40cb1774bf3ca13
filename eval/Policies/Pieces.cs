using System.Collections.Immutable;
using VoiceGrains.Eval.Corpora;

namespace VoiceGrains.Eval.Policies;

/// <summary>A draft cut into the smallest pieces that can be committed: words, or whole fragments where no spaces are written.</summary>
static class Pieces
{
    public static ImmutableArray<Fragment> Of(Draft draft, Language to) => Writing.HasSpaces(to)
        ? [.. draft.Fragments.SelectMany(static fragment => fragment.Text.Split(' ').Select(word => fragment with { Text = word }))]
        : draft.Fragments;

    /// <summary>Without the words at the beginning that a translator repeats from the committed text.</summary>
    public static ImmutableArray<Fragment> WithoutOverlap(ImmutableArray<Fragment> pieces, string committed, Language to) =>
        pieces.Length > 0 && committed.Length > 0 && EndsWith(committed, pieces[0].Text, to) ? pieces[1..] : pieces;

    // A whole word, where words can be told apart.
    static bool EndsWith(string committed, string piece, Language to) =>
        committed == piece || committed.EndsWith(Writing.HasSpaces(to) ? " " + piece : piece, StringComparison.Ordinal);
}
