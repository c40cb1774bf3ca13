using System.Collections.Immutable;
using VoiceGrains.Engines;

namespace VoiceGrains.Recognition;

/// <summary>The words of a segment as they look at one moment, and how far they can be relied on.</summary>
/// <param name="Final">So many of them the recognizer will not change.</param>
/// <param name="Admitted">So many of them translations may be committed from; at least the final ones.</param>
/// <param name="Steady">So many of them looked the same twice; at least the admitted ones.</param>
/// <param name="Sure">So many of them the recognizer was sure of when it looked last; at least the steady ones.</param>
/// <param name="IsSilent">The speaker is silent; the last words may not have been heard yet.</param>
/// <param name="IsPaused">The speaker is silent, and there are no more words before the silence.</param>
/// <param name="IsOver">No more words come.</param>
sealed record SourceText(ImmutableArray<SourceWord> Words, int Final, int Admitted, int Steady, int Sure, bool IsSilent, bool IsPaused, bool IsOver)
{
    public static readonly SourceText Empty = new([], 0, 0, 0, 0, false, false, false);

    /// <summary>All words of a text that is over.</summary>
    public static SourceText Whole(Language language, string text)
    {
        var admission = new Admission(language, new AdmissionRules());
        admission.Begin(text);
        admission.End();
        return admission.Source;
    }

    /// <summary>How many words a text has.</summary>
    public static int CountOf(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>Without the first words.</summary>
    public SourceText Behind(int words) => words == 0 ? this : this with
    {
        Words = Words[Math.Min(words, Words.Length)..],
        Final = Math.Max(0, Final - words),
        Admitted = Math.Max(0, Admitted - words),
        Steady = Math.Max(0, Steady - words),
        Sure = Math.Max(0, Sure - words),
    };

    /// <summary>How many words at the beginning are the same as those of another moment.</summary>
    public int SameAs(ImmutableArray<SourceWord> others)
    {
        var most = Math.Min(Words.Length, others.Length);
        var same = 0;
        while (same < most && Words[same].IsLike(others[same]))
            same++;
        return same;
    }
}

/// <summary>A word that was heard.</summary>
/// <param name="Plain">How it is compared: small letters, no marks.</param>
/// <param name="Class">How much harm it does when it was misheard.</param>
/// <param name="EndsClause">A clause ends with it, by its mark.</param>
sealed record SourceWord(Word Word, string Plain, WordClass Class, bool EndsClause)
{
    /// <summary>Whether a translation of the other is one of this too. Commas and full stops come and go; that something is asked or called out changes how it is said.</summary>
    public bool IsLike(SourceWord other) => Plain == other.Plain && IsAsked == other.IsAsked;

    /// <summary>A question or a call ends with it.</summary>
    public bool IsAsked => Word.Text.Length > 0 && "?!？！؟".Contains(Word.Text[^1], StringComparison.Ordinal);
}

/// <summary>How much harm a word does when it was misheard.</summary>
enum WordClass
{
    Usual,

    /// <summary>Sounds like one that does harm.</summary>
    SoundsRisky,

    /// <summary>A number, a negation or a name: translated only when it is final.</summary>
    Risky,
}
