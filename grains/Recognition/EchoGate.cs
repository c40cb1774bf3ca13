using System.Collections.Immutable;
using System.Text;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;

namespace VoiceGrains.Recognition;

/// <summary>What is left of recognized words without the echo of what was played.</summary>
/// <param name="Own">The words that the speaker said.</param>
/// <param name="IsUndecided">They repeat what was just played, but are too few to say so: to be waited with as long as more may come.</param>
readonly record struct HeardWords(ImmutableArray<Word> Own, bool IsUndecided);

/// <summary>
/// Keeps out what a participant's microphone repeats of what they listen to, by its words: a sentence of which seven tenths were played at most
/// <see cref="LongestDelay"/> and a round trip before, without two or more words before and behind them, and in a longer sentence each stretch of at least four such words. A single word is never an echo. People repeat
/// a few words too, as a greeting or to confirm them: fewer than six count only where a longer echo was heard within a minute, which no headset has. All times
/// are on one clock, that of the participant's own audio. Remembers 512 words.
/// </summary>
sealed class EchoGate
{
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1.5);

    const double LeastLikeness = 0.7;
    const int MostRemembered = 512;
    const int LeastWords = 2;
    const int LeastWordsInside = 4;

    // Nobody repeats so many words so soon.
    const int WordsOfProof = 6;
    static readonly TimeSpan ProofLasts = TimeSpan.FromMinutes(1);

    // A whole sentence may have a misheard word anywhere; beside an echo in a longer one stands what the speaker said.
    const int LossInWhole = 1;
    const int LossInside = 3;

    // Where there are no spaces, letters are compared, and a word has about two.
    const int LettersOfWord = 2;

    // When a word of a clause was played is only known from the letters before it.
    static readonly TimeSpan Inexactness = TimeSpan.FromSeconds(0.5);

    readonly Queue<PlayedWord> _played = new();
    TimeSpan _counted = TimeSpan.MinValue;
    TimeSpan? _provedAt;

    /// <summary>From a word that is played to the frame in which it would come back, without the room. Default: none.</summary>
    public TimeSpan RoundTrip { get; set; }

    /// <summary>The microphone is known to hear the loudspeaker: a few words are enough from the beginning. Default: that must show first.</summary>
    public bool IsLoopKnown { get; init; }

    /// <summary>So many words were kept out; each is counted once, however often it is asked about.</summary>
    public long Dropped { get; private set; }

    /// <summary>The participant heard this.</summary>
    public void Played(string text, Language language, TimeSpan from, TimeSpan to)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Parts(word, language)).ToList();
        double letters = words.Sum(static word => word.Length);
        var before = 0;
        foreach (var word in words)
        {
            before += word.Length;
            _played.Enqueue(new PlayedWord(word, language, from + ((to - from) * (before / letters))));
        }

        while (_played.Count > MostRemembered)
            _played.Dequeue();
    }

    /// <summary>The words of one sentence as they look now, from its beginning on. Without what is an echo.</summary>
    /// <param name="language">The one that they were recognized in: what was played in others can't come back as words of it.</param>
    public HeardWords Hear(ImmutableArray<Word> words, Language language)
    {
        var heard = words.SelectMany((word, index) => Parts(word.Text, language).Select(part => new HeardPart(part, index, word.End))).ToList();
        if (heard.Count == 0 || Before(heard, language) is not { Count: > 0 } played)
            return new HeardWords(words, IsUndecided: false);
        var isEcho = new bool[words.Length];
        var isUndecided = Find(heard, played, Spacing.Has(language) ? 1 : LettersOfWord, isEcho);
        if (!isEcho.Contains(true) || !IsProof(heard, isEcho, Spacing.Has(language) ? 1 : LettersOfWord))
            return new HeardWords(words, isUndecided && IsLoopKnownAt(heard[^1].End));
        Count(words, isEcho);
        return new HeardWords([.. words.Where((_, index) => !isEcho[index])], IsUndecided: false);
    }

    bool IsLoopKnownAt(TimeSpan position) => IsLoopKnown || position - _provedAt <= ProofLasts;

    // Whether so much is an echo that it can be nothing else, or was shown to be not long ago.
    bool IsProof(List<HeardPart> heard, bool[] isEcho, int unit)
    {
        if (heard.Count(part => isEcho[part.Index]) >= WordsOfProof * unit)
            _provedAt = heard[^1].End;
        return IsLoopKnownAt(heard[^1].End);
    }

    static IEnumerable<string> Parts(string word, Language language)
    {
        var plain = WordLists.Plain(word);
        return plain.Length == 0 ? [] : Spacing.Has(language) ? [plain] : plain.EnumerateRunes().Where(Rune.IsLetterOrDigit).Select(static letter => letter.ToString());
    }

    List<PlayedWord> Before(List<HeardPart> heard, Language language)
    {
        var (earliest, latest) = (heard.Min(static part => part.End) - LongestDelay - RoundTrip, heard.Max(static part => part.End) + Inexactness);
        return [.. _played.Where(word => word.Language.IsSpokenLike(language) && word.End >= earliest && word.End <= latest)];
    }

    // Whether it can't be told yet.
    bool Find(List<HeardPart> heard, List<PlayedWord> played, int unit, bool[] isEcho)
    {
        if (Best(heard, played, 0, heard.Count, LossInWhole) is not { } best)
            return false;
        if (best.Same < LeastLikeness * (heard.Count + best.LeftOut))
        {
            FindInside(heard, played, 0, heard.Count, unit, isEcho);
            return false;
        }

        if (best.Same < LeastWords * unit)
            return true;
        // One word before or behind it is a part of it that was misheard; more is what the speaker said.
        var from = best.From < LeastWords * unit ? 0 : best.From;
        var to = heard.Count - best.To < LeastWords * unit ? heard.Count : best.To;
        foreach (var part in heard.Take(from..to))
            isEcho[part.Index] = true;
        return false;
    }

    void FindInside(List<HeardPart> heard, List<PlayedWord> played, int from, int to, int unit, bool[] isEcho)
    {
        if (Best(heard, played, from, to, LossInside) is not { } best || best.Same < LeastWordsInside * unit || best.Likeness < LeastLikeness)
            return;
        foreach (var part in heard.Take(best.From..best.To))
            isEcho[part.Index] = true;
        FindInside(heard, played, from, best.From, unit, isEcho);
        FindInside(heard, played, best.To, to, unit, isEcho);
    }

    Repetition? Best(List<HeardPart> heard, List<PlayedWord> played, int from, int to, int loss) =>
        Repetition.Find(from, to, played.Count, loss, (own, other) => IsSame(heard[own], played[other]));

    bool IsSame(HeardPart heard, PlayedWord played) =>
        heard.Plain == played.Plain && heard.End - played.End is var delay && delay >= -Inexactness && delay <= LongestDelay + RoundTrip;

    void Count(ImmutableArray<Word> words, bool[] isEcho)
    {
        var before = _counted;
        for (var i = 0; i < words.Length; i++)
        {
            if (!isEcho[i] || words[i].Start <= before)
                continue;
            Dropped++;
            _counted = words[i].Start > _counted ? words[i].Start : _counted;
        }
    }

    readonly record struct PlayedWord(string Plain, Language Language, TimeSpan End);

    readonly record struct HeardPart(string Plain, int Index, TimeSpan End);
}
