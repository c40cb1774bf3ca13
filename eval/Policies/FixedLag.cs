using System.Collections.Immutable;

namespace VoiceGrains.Eval.Policies;

/// <summary>
/// Wait-k (Ma and others 2019), for words with tags: a piece is committed when k more source words show than it needs, stable or not.
/// </summary>
static class FixedLag
{
    const int Words = 3;

    /// <summary>How many pieces of a draft are committed.</summary>
    /// <param name="words">How many source words the draft saw.</param>
    public static int Ripe(ImmutableArray<Fragment> now, int words) => now.TakeWhile(piece => piece.Needs + Words <= words).Count();
}
