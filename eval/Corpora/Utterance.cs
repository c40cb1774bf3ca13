using System.Collections.Immutable;

namespace VoiceGrains.Eval.Corpora;

/// <summary>A sentence that somebody says, with its translation into every target language, word for word aligned.</summary>
sealed record Utterance(int Number, ImmutableArray<SourceWord> Words, ImmutableArray<Unit> Units)
{
    public TimeSpan Start => Words[0].Start;

    public TimeSpan End => Words[^1].End;

    public TimeSpan Duration => End - Start;

    /// <summary>The translation of the whole sentence.</summary>
    public string Translation(Language to) =>
        Units.SelectMany(unit => unit.Tokens(to)).Aggregate("", (text, token) => Writing.Join(to, text, token.Text));
}

/// <summary>A word as it is said.</summary>
/// <param name="Mark">The comma or full stop behind it, or nothing.</param>
/// <param name="Start">On the clock of the talk.</param>
sealed record SourceWord(string Text, string Mark, TimeSpan Start, TimeSpan End);

/// <summary>
/// Source words that are translated together: the order of words changes inside of a unit and never between two. So the translation of a beginning that ends with a
/// unit is a beginning of the whole translation (a meaningful unit: Zhang and others 2020).
/// </summary>
/// <param name="First">Its first word in the utterance, from 0.</param>
sealed record Unit(int First, int Count, ImmutableArray<ImmutableArray<TargetToken>> InAllTargets)
{
    public int End => First + Count;

    public ImmutableArray<TargetToken> Tokens(Language to) => InAllTargets[Targets.All.IndexOf(to)];
}

/// <summary>A word of a translation.</summary>
/// <param name="Source">The source word of the utterance that it stands for, from 0.</param>
/// <param name="Mark">The comma or full stop behind it, or nothing.</param>
sealed record TargetToken(string Word, int Source, string Mark = "")
{
    public string Text => Word + Mark;
}
