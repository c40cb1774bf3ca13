using System.Collections.Immutable;
using VoiceGrains.Eval.Metrics;

namespace VoiceGrains.Eval.Policies;

/// <summary>Local agreement of two drafts (Liu and others 2020): what two drafts in a row begin with is committed.</summary>
static class LocalAgreement
{
    /// <summary>How many pieces of a draft are committed.</summary>
    /// <param name="before">What the draft before had after the same committed text.</param>
    public static int Ripe(ImmutableArray<Fragment> before, ImmutableArray<Fragment> now) =>
        Erasure.CommonPrefix([.. before.Select(static piece => piece.Text)], [.. now.Select(static piece => piece.Text)]);
}
