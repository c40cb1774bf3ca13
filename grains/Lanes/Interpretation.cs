using System.Collections.Immutable;
using VoiceGrains.Recognition;

namespace VoiceGrains.Lanes;

/// <summary>
/// The translation of one stretch of speech while it is spoken: committed incremental translation. It says what to ask the translator and when, keeps the newest
/// draft, and commits a clause of it when the source words it needs are admitted and still those that the draft was made of. What is committed stays.
/// Knows no engines, no tasks and no clock: whoever drives it tells it what happened and when, and calls <see cref="Next"/>, <see cref="Ask"/> and
/// <see cref="Likely"/> after each.
/// </summary>
sealed class Interpretation(Language to, InterpretingRules rules)
{
    /// <summary>So many words are often said again, and mean the same.</summary>
    public const int MostRecalled = 4;

    readonly Breath _breath = new(to, rules);
    SourceText _source = SourceText.Empty;

    // The newest draft: what it has behind the committed text, and the words it was made of.
    ImmutableArray<DraftPiece> _rest = [];
    ImmutableArray<SourceWord> _drafted = [];
    bool _isWhole;
    bool _reachesEnd;

    // What the draft before had there.
    ImmutableArray<DraftPiece> _before = [];

    DraftOrder? _ordered;
    ImmutableArray<SourceWord>? _orderedLast;
    TimeSpan? _orderedAt;
    string _committedSince = "";
    int _covered;

    // So many words were translated before this went on with it.
    int _known;

    // The words that the committed text was made of, and whether they were others for an earlier part of it.
    ImmutableArray<SourceWord> _committedOf = [];
    bool _isUnfaithful;

    public string Committed { get; private set; } = "";

    /// <summary>Whether everything that was said is translated and committed.</summary>
    public bool IsDone => _source.IsOver && _ordered is null && (_source.Words.Length <= _known || (IsDrafted && _rest.IsEmpty));

    /// <summary>When to look again though nothing happens; null: not at all.</summary>
    public TimeSpan? LookAgainAt { get; private set; }

    /// <summary>What captions show behind the committed text. May change.</summary>
    public string Tail
    {
        get
        {
            var valid = _source.SameAs(_drafted);
            var shown = _rest.TakeWhile(piece => piece.Needs <= valid && piece.Needs <= _source.Steady).Count();
            var hidden = IsDrafted && _source.IsOver ? 0 : rules.HiddenWords;
            return Text(_rest[..Math.Max(Math.Min(Ripe(), shown), Math.Min(shown, _rest.Length - hidden))]);
        }
    }

    bool IsDrafted => _drafted.Length == _source.Words.Length && _source.SameAs(_drafted) == _drafted.Length && (_isWhole || _reachesEnd);

    /// <summary>Whether the committed text was translated of words that are still the same, all of it.</summary>
    public bool IsFaithful => _known == 0 && !_isUnfaithful && _source.SameAs(_committedOf) == _committedOf.Length;

    /// <summary>So many words the committed text needs.</summary>
    public int Covered => Math.Max(_covered, _known);

    /// <summary>Goes on with what was committed before, by another activation or another engine.</summary>
    /// <param name="covered">So many words it needs.</param>
    public void Continue(string committed, int covered) => (Committed, _known) = (committed, covered);

    /// <summary>Whether the answer that is on its way is about all words as they look now.</summary>
    public bool IsAnswerComing => _ordered is { } order && order.Source.Words.Length == _source.Words.Length && _source.SameAs(order.Source.Words) == _source.Words.Length;

    /// <summary>The words look like this now.</summary>
    public void See(SourceText source)
    {
        _source = source;
        // Final words may be fewer than those that they replace.
        _covered = Math.Min(_covered, source.Admitted);
    }

    /// <summary>What to ask the translator now; null: nothing, or not yet.</summary>
    public DraftOrder? Ask(TimeSpan now, TimeSpan unplayed)
    {
        if (_ordered is not null || Order() is not { } order)
            return null;
        if (Due(order, now, unplayed) is { } due && due > now)
        {
            LookAgain(due);
            return null;
        }

        (_ordered, _orderedLast, _orderedAt, _committedSince) = (order, order.Source.Words, now, "");
        return order;
    }

    /// <summary>The translator answered.</summary>
    public void Take(ImmutableArray<DraftPiece> pieces)
    {
        if (_ordered is not { } order)
            return;
        _ordered = null;
        // It comes too late: the turn ended as the draft before had it.
        if (_source.IsOver && IsDrafted)
            return;
        var behind = DraftPieces.Behind(to, DraftPieces.WithoutRepeated(to, pieces, order.Committed), _committedSince);
        if (behind is not { } rest)
        {
            // It says otherwise what was committed while it was on its way: asked again, it continues that.
            _orderedLast = null;
            return;
        }

        var isUntagged = Spacing.Has(to) && pieces.Length > 1 && pieces.All(piece => piece.Needs == order.Source.Words.Length);
        (_before, _rest) = (_rest, isUntagged && order.Source.SameAs(_drafted) == _drafted.Length ? DraftPieces.Agreed(rest, _rest) : rest);
        (_drafted, _isWhole) = (order.Source.Words, order.IsWhole);
        // When the last piece needs the last word nothing was held back.
        _reachesEnd = pieces.Length > 0 && pieces[^1].Needs >= _drafted.Length;
    }

    /// <summary>
    /// The words, when the speaker has said nothing else and pauses: few enough that the same was probably said before. Null: ask the translator.
    /// </summary>
    public SourceText? Recallable => Committed.Length == 0 && !_isWhole && _source.Words.Length is > 0 and <= MostRecalled && (_source.IsPaused || _source.IsOver) ? _source : null;

    /// <summary>The same words were said before, and this was their translation.</summary>
    public void Recall(SourceText source, ImmutableArray<DraftPiece> pieces)
    {
        _before = [];
        (_rest, _drafted, _isWhole) = (pieces, source.Words, true);
        // An answer that is on its way comes too late.
        (_ordered, _orderedLast) = (null, source.Words);
    }

    /// <summary>The translator did not answer; nothing is lost, and it is asked again.</summary>
    public void Miss() => (_ordered, _orderedLast) = (null, null);

    /// <summary>The next clause, committed by this; null: none yet.</summary>
    /// <param name="unplayed">Committed speech that the listener has not heard yet.</param>
    public string? Next(TimeSpan now, TimeSpan unplayed)
    {
        LookAgainAt = null;
        var ripe = Ripe();
        var count = _breath.Cut(_rest, ripe, isEnd: _source.IsOver && ripe == _rest.Length, _source.IsPaused, now, unplayed);
        if (_breath.LookAgainAt is { } at)
            LookAgain(at);
        if (count == 0)
            return null;
        var clause = Text(_rest[..count]);
        _isUnfaithful |= _source.SameAs(_committedOf) < _committedOf.Length;
        _covered = Math.Max(_covered, _rest[count - 1].Needs);
        _committedOf = _source.Words[..Math.Min(_covered, _source.Words.Length)];
        _before = DraftPieces.Behind(to, _before, clause) ?? [];
        _rest = _rest[count..];
        Committed = Spacing.Join(to, Committed, clause);
        _committedSince = Spacing.Join(to, _committedSince, clause);
        return clause;
    }

    /// <summary>The clause that will probably come next, so that its speech can be prepared; null: none can be told.</summary>
    public string? Likely(TimeSpan unplayed)
    {
        var valid = _source.SameAs(_drafted);
        var soon = Math.Min(valid, _source.IsPaused ? valid : _source.Sure);
        var count = _rest.TakeWhile(piece => piece.Needs <= soon).Count();
        count = _breath.Likely(_rest, count, isEnd: _source.IsPaused && count == _rest.Length, unplayed);
        return count == 0 ? null : _breath.Expect(Text(_rest[..count]));
    }

    DraftOrder? Order()
    {
        var words = _source.Words;
        // Words that are translated already may come again, after a loss.
        if (words.Length <= _known || (_source.IsOver && IsDrafted))
            return null;
        if (_source.IsOver)
            return new DraftOrder(_source, Committed, IsWhole: true);
        if (_source.Admitted - _covered > rules.ValveWords && Ripe() == 0)
        {
            var admitted = _source with { Words = words[.._source.Admitted] };
            return _isWhole && admitted.SameAs(_drafted) == admitted.Words.Length ? null : new DraftOrder(admitted, Committed, IsWhole: true);
        }

        // What the recognizer is not sure of will look different in a moment, and the draft with it.
        var sure = _source with { Words = words[.._source.Sure] };
        return sure.Words.IsEmpty || (_orderedLast is { } last && last.Length == sure.Words.Length && sure.SameAs(last) == last.Length)
            ? null
            : new DraftOrder(sure, Committed, IsWhole: false);
    }

    // Null: at once.
    TimeSpan? Due(DraftOrder order, TimeSpan now, TimeSpan unplayed)
    {
        if (_source.IsOver)
            return null;
        if (_orderedAt is not { } ordered)
            return _source.Sure >= rules.FirstWords || _source.IsSilent ? null : TimeSpan.MaxValue;
        // The valve is open.
        if (order.IsWhole)
            return ordered + rules.Cooldown;
        var valid = _source.SameAs(_drafted);
        var fresh = _source.Sure - valid;
        // A breath of the speaker: what is drafted now will stand. The words before it are waited for.
        if (_source.IsPaused && fresh > 0)
            return ordered + rules.StaleCooldown;
        if (_source.IsSilent)
            return TimeSpan.MaxValue;
        // The draft was made of other words than those that stand now.
        if (valid < _drafted.Length && _source.Admitted > valid)
            return ordered + rules.StaleCooldown;
        var isWorthIt = fresh >= rules.NewWords || _source.Admitted > valid;
        if (!isWorthIt)
            return TimeSpan.MaxValue;
        // What comes while the listener still hears enough would only wait.
        var needed = now + unplayed - rules.Reserve;
        return Latest(ordered + rules.Cooldown, needed < ordered + rules.LongestCooldown ? needed : ordered + rules.LongestCooldown);
    }

    // How many pieces may be committed now.
    int Ripe()
    {
        var valid = _source.SameAs(_drafted);
        if (_source.IsOver && IsDrafted)
            return _rest.Length;
        var (count, before) = (0, 0);
        for (; count < _rest.Length; count++)
        {
            var piece = _rest[count];
            var isConfirmed = before == count && before < _before.Length && _before[before] == piece;
            before += isConfirmed ? 1 : 0;
            if (piece.Needs > Math.Min(valid, _source.Admitted) || !IsSafe(piece.Needs, isConfirmed))
                break;
        }

        return count;
    }

    bool IsSafe(int needs, bool isConfirmed) => isConfirmed || (HasRoom(needs) && !IsRiskNear(needs));

    bool HasRoom(int needs) => (_isWhole && _source.SameAs(_drafted) == _drafted.Length) || needs + rules.Guard <= _source.Admitted
        || _source.Words[needs - 1].EndsClause || (_source.IsPaused && needs == _source.Words.Length);

    bool IsRiskNear(int needs)
    {
        var valid = _source.SameAs(_drafted);
        for (var at = needs; at < needs + rules.RiskGuard; at++)
        {
            // The draft was made of another word there, and may have used it.
            var isOther = at >= valid && at < _drafted.Length;
            if (((at >= _source.Admitted || isOther) && IsRisky(_source.Words, at)) || (isOther && IsRisky(_drafted, at)))
                return true;
        }

        return false;
    }

    static bool IsRisky(ImmutableArray<SourceWord> words, int at) => at < words.Length && words[at].Class != WordClass.Usual;

    string Text(ReadOnlySpan<DraftPiece> pieces)
    {
        var text = "";
        foreach (var piece in pieces)
            text = Spacing.Join(to, text, piece.Text);
        return text;
    }

    string Text(ImmutableArray<DraftPiece> pieces) => Text(pieces.AsSpan());

    static TimeSpan Latest(TimeSpan one, TimeSpan other) => one > other ? one : other;

    void LookAgain(TimeSpan at)
    {
        if (at != TimeSpan.MaxValue)
            LookAgainAt = LookAgainAt is { } other && other < at ? other : at;
    }
}
