using System.Collections.Immutable;
using VoiceGrains.Engines;

namespace VoiceGrains.Recognition;

/// <summary>When a word is relied on that the recognizer may still change.</summary>
/// <param name="Agreements">
/// After so many updates in a row in which it looked the same (LocalAgreement-n, Liu and others 2020); one more where the recognizer does not say how sure it is.
/// </param>
/// <param name="RightContext">When so many words were heard behind it, or the speaker paused.</param>
/// <param name="RiskAgreements">So many more for a word that sounds like a number or a negation.</param>
/// <param name="LeastConfidence">An update in which the recognizer is less sure of the word does not count. 0 to 1.</param>
sealed record AdmissionRules(int Agreements = 2, int RightContext = 1, int RiskAgreements = 4, double LeastConfidence = 0.75)
{
    /// <summary>Updates count only when so much more audio was heard: a recognizer that says the same thing again has not looked again.</summary>
    public TimeSpan LeastGrowth { get; init; } = TimeSpan.FromMilliseconds(80);

    /// <summary>After so much silence nothing more comes that could change a word.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Final words are asked for at most so often because the speaker pauses.</summary>
    public TimeSpan LeastBetweenPauses { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>And so often because a risky word waits for them.</summary>
    public TimeSpan LeastBetweenRisks { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Numbers, negations and names wait for final words. Only the evaluation does without, to show what it costs.</summary>
    public bool KnowsRisk { get; init; } = true;
}

/// <summary>
/// Decides which words of one segment are admitted: final ones, and those that looked the same often enough. What is admitted stays as it is until it is final, and
/// words are put into place by their times, because a recognizer may find words before those that it found first.
/// </summary>
sealed class Admission(Language language, AdmissionRules rules)
{
    readonly WordLists _lists = WordLists.Of(language);
    readonly List<SourceWord> _words = [];

    // Of the words from _admitted on: in how many updates they looked like now.
    readonly List<int> _agreed = [];
    TimeSpan _counted = TimeSpan.MinValue;
    TimeSpan? _silentSince;
    int _final;
    int _admitted;
    bool _isOver;

    /// <summary>How often final words were others than those that had been admitted.</summary>
    public int Contradictions { get; private set; }

    /// <summary>The first word that is not admitted would be, if it did not have to be final.</summary>
    public bool WaitsForFinal { get; private set; }

    /// <summary>Whether there are words that are not final.</summary>
    public bool HasTail => _words.Count > _final;

    public SourceText Source { get; private set; } = SourceText.Empty;

    /// <summary>Words that another activation knew: they are final.</summary>
    public void Begin(string text)
    {
        Replace(0, text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static word => new Word(word, TimeSpan.Zero, TimeSpan.Zero, null)));
        _final = _admitted = _words.Count;
        Look(TimeSpan.Zero);
    }

    /// <summary>The words behind the final ones look like this now.</summary>
    /// <param name="edge">How much audio the recognizer had heard.</param>
    public void Revise(ImmutableArray<Word> tail, TimeSpan edge)
    {
        var counts = _counted == TimeSpan.MinValue || edge - _counted >= rules.LeastGrowth;
        if (counts)
            _counted = edge;
        if (_silentSince is { } since && tail.Length > 0 && tail[^1].End > since + rules.Pause)
            _silentSince = null;
        var (old, oldAgreed) = (_words[_admitted..], _agreed.ToList());
        Replace(_admitted, tail.Where(word => _admitted == 0 || Middle(word) > _words[_admitted - 1].Word.End));
        Compare(old, oldAgreed, counts);
        Look(edge);
    }

    /// <summary>Words that follow the final ones, and are final.</summary>
    public void Settle(ImmutableArray<Word> words, TimeSpan edge)
    {
        if (words.IsEmpty)
            return;
        var until = words[^1].End;
        var covered = _words.FindIndex(_final, word => Middle(word.Word) > until) is var found and >= 0 ? found : _words.Count;
        var (behind, agreed) = (_words[covered..], _agreed.Skip(Math.Max(0, covered - _admitted)).ToList());
        var held = Math.Max(0, _admitted - covered);
        var admitted = _words[_final.._admitted];
        Replace(_final, words);
        _words.AddRange(behind);
        if (!admitted.Select(static word => word.Plain).SequenceEqual(_words.Skip(_final).Take(admitted.Count).Select(static word => word.Plain)))
            Contradictions++;
        _final = _words.Count - behind.Count;
        // Whether a word begins a sentence can be told by the one before it, which may be another now.
        if (held == 0 && behind.Count > 0)
            _words[_final] = Classed(behind[0].Word, _words[_final - 1]);
        _admitted = _final + held;
        _agreed.Clear();
        _agreed.AddRange(agreed);
        Look(edge);
    }

    /// <summary>The speaker has been silent since a moment; the recognizer may not know it yet.</summary>
    public void Pause(TimeSpan since, TimeSpan edge)
    {
        _silentSince = since;
        Look(edge);
    }

    /// <summary>The speaker goes on.</summary>
    public void Resume()
    {
        _silentSince = null;
        Look(_counted);
    }

    /// <summary>No more words come; those that are not final were not said.</summary>
    public void End()
    {
        if (_admitted > _final)
            Contradictions++;
        Replace(_final, []);
        _agreed.Clear();
        _admitted = _final;
        _isOver = true;
        Look(TimeSpan.Zero);
    }

    void Look(TimeSpan edge)
    {
        WaitsForFinal = false;
        while (_admitted < _words.Count)
        {
            var isKnown = _agreed[0] >= AgreementsFor(_words[_admitted]) && HasContext(_admitted, edge);
            if (isKnown && _words[_admitted].Class == WordClass.Risky)
                WaitsForFinal = true;
            if (!isKnown || WaitsForFinal)
                break;
            _admitted++;
            _agreed.RemoveAt(0);
        }

        var steady = _admitted + _agreed.TakeWhile(static times => times >= 2).Count();
        var sure = _admitted + _agreed.TakeWhile(static times => times >= 1).Count();
        // The last word before the silence may not have been heard yet.
        var isSilent = _words.Count > 0 && _silentSince is not null;
        var isPaused = isSilent && ((_words[^1].Word.End - _silentSince!.Value).Duration() <= rules.Pause || edge >= _silentSince + rules.Pause + rules.Pause);
        Source = new SourceText([.. _words], _final, _admitted, steady, sure, isSilent, isPaused, _isOver);
    }

    int AgreementsFor(SourceWord word) =>
        rules.Agreements + (word.Class == WordClass.SoundsRisky ? rules.RiskAgreements : 0) + (word.Word.Confidence is null ? 1 : 0);

    bool HasContext(int at, TimeSpan edge) => _words.Count - 1 - at >= rules.RightContext
        || (_silentSince is { } since && _words[at].Word.End <= since + rules.Pause)
        || (at == _words.Count - 1 && edge - _words[at].Word.End >= rules.Pause + rules.Pause);

    // Each word of before vouches for one word at most: one that is heard twice now was heard once then.
    void Compare(List<SourceWord> old, List<int> oldAgreed, bool counts)
    {
        _agreed.Clear();
        var next = 0;
        for (var at = _admitted; at < _words.Count; at++)
        {
            var word = _words[at];
            // What was taken for a number once may be one, whatever it is taken for now.
            if (old.Exists(before => before.Class == WordClass.Risky && Overlaps(before.Word, word.Word)))
                _words[at] = word with { Class = WordClass.Risky };
            var same = old.FindIndex(next, before => before.Plain == word.Plain && Overlaps(before.Word, word.Word));
            if (same >= 0)
                next = same + 1;
            var isSure = !(word.Word.Confidence < rules.LeastConfidence);
            _agreed.Add(!isSure ? 0 : same < 0 ? 1 : oldAgreed[same] + (counts ? 1 : 0));
        }
    }

    void Replace(int from, IEnumerable<Word> words)
    {
        _words.RemoveRange(from, _words.Count - from);
        foreach (var word in words.SelectMany(Single))
            _words.Add(Classed(word, _words.LastOrDefault()));
    }

    SourceWord Classed(Word word, SourceWord? before)
    {
        var isFirst = before is null || WordLists.EndsSentence(before.Word.Text);
        var kind = rules.KnowsRisk ? _lists.ClassOf(language, word.Text, isFirst) : WordClass.Usual;
        return new SourceWord(word, WordLists.Plain(word.Text), kind, WordLists.EndsWithMark(word.Text));
    }

    // Texts are counted by their spaces.
    static IEnumerable<Word> Single(Word word) => !word.Text.Contains(' ', StringComparison.Ordinal)
        ? [word]
        : word.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => word with { Text = part });

    static TimeSpan Middle(Word word) => word.Start + ((word.End - word.Start) / 2);

    // Some recognizers give words no length.
    static bool Overlaps(Word one, Word other) => one.Start == other.Start || (one.Start < other.End && other.Start < one.End);
}
