using System.Collections.Immutable;
using VoiceGrains.Recognition;

namespace VoiceGrains.Lanes;

/// <summary>
/// Cuts what may be committed into clauses that are worth a breath: at a mark; sooner when the listener would hear silence; never behind a function word, in a
/// number or in a name.
/// </summary>
sealed class Breath(Language to, InterpretingRules rules)
{
    // "Yes," alone is not worth a breath of its own while there is more to say.
    const int ShortestClause = 5;

    readonly WordLists _lists = WordLists.Of(to);
    string? _expected;
    TimeSpan? _ripeSince;

    /// <summary>When to look again though nothing happens; null: not at all.</summary>
    public TimeSpan? LookAgainAt { get; private set; }

    /// <summary>The clause was told to be likely: it is preferred to a longer one.</summary>
    public string Expect(string clause) => _expected = clause;

    /// <summary>How many pieces make up the next clause; 0: wait.</summary>
    /// <param name="ripe">How many may be committed.</param>
    /// <param name="isEnd">They are the last ones.</param>
    /// <param name="isPaused">The speaker is silent.</param>
    /// <param name="unplayed">Speech that the listener has not heard yet.</param>
    public int Cut(ImmutableArray<DraftPiece> pieces, int ripe, bool isEnd, bool isPaused, TimeSpan now, TimeSpan unplayed)
    {
        LookAgainAt = null;
        if (ripe == 0)
        {
            _ripeSince = null;
            return 0;
        }

        _ripeSince ??= now;
        var count = Choose(pieces, ripe, isEnd, isPaused, now, unplayed);
        if (count > 0)
            (_ripeSince, _expected) = (null, null);
        else
            LookAgainAt = Earlier(_ripeSince.Value + rules.Wait > now ? _ripeSince.Value + rules.Wait : null, unplayed > rules.Starving ? now + unplayed - rules.Starving : null);
        return count;
    }

    /// <summary>How many pieces will probably make up the next clause.</summary>
    public int Likely(ImmutableArray<DraftPiece> pieces, int soon, bool isEnd, TimeSpan unplayed)
    {
        if (AtMark(pieces, soon) is > 0 and var marked)
            return marked;
        if (isEnd)
            return soon;
        var count = Longest(pieces, soon);
        return Letters(pieces, count) >= (unplayed < rules.Starving ? rules.LeastLetters : rules.Letters) ? count : 0;
    }

    int Choose(ImmutableArray<DraftPiece> pieces, int ripe, bool isEnd, bool isPaused, TimeSpan now, TimeSpan unplayed)
    {
        if (AtMark(pieces, ripe) is > 0 and var marked)
            return marked;
        if (isEnd)
            return ripe;
        var count = Longest(pieces, ripe);
        if (unplayed <= rules.Starving)
        {
            if (_expected is { } expected && Matching(pieces, count, expected) is > 0 and var known)
                return known;
            if (Letters(pieces, count) >= rules.LeastLetters || (isPaused && count == pieces.Length))
                return count;
        }

        return Letters(pieces, count) >= rules.Letters && now - _ripeSince >= rules.Wait ? count : 0;
    }

    // Up to the first mark behind enough letters.
    int AtMark(ImmutableArray<DraftPiece> pieces, int most)
    {
        for (var count = 1; count <= most; count++)
        {
            if (WordLists.EndsWithMark(pieces[count - 1].Text) && (Letters(pieces, count) >= ShortestClause || count == pieces.Length))
                return count;
        }

        return 0;
    }

    int Longest(ImmutableArray<DraftPiece> pieces, int most)
    {
        var count = most;
        while (count > 0 && !CanEnd(pieces, count))
            count--;
        return count;
    }

    bool CanEnd(ImmutableArray<DraftPiece> pieces, int count)
    {
        var last = pieces[count - 1].Text;
        if (WordLists.EndsWithMark(last))
            return true;
        return !_lists.LeansOnNext(last) && !(count < pieces.Length && IsCapital(last) && IsCapital(pieces[count].Text) && to.Primary != "de");
    }

    int Matching(ImmutableArray<DraftPiece> pieces, int most, string expected)
    {
        var text = "";
        for (var count = 1; count <= most; count++)
        {
            text = Spacing.Join(to, text, pieces[count - 1].Text);
            if (text == expected)
                return count;
        }

        return 0;
    }

    // A Chinese, Japanese or Korean letter is a syllable.
    static int Letters(ImmutableArray<DraftPiece> pieces, int count)
    {
        var letters = 0;
        foreach (var piece in pieces.AsSpan()[..count])
            letters += piece.Text.Sum(static letter => !char.IsLetterOrDigit(letter) ? 0 : letter >= 0x3040 ? 2 : 1);
        return letters;
    }

    static bool IsCapital(string word) => word.FirstOrDefault(char.IsLetter) is var first && char.IsUpper(first);

    static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other ?? one : one;
}
