using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Metrics;
using VoiceGrains.Eval.Models;
using VoiceGrains.Eval.Policies;

namespace VoiceGrains.Eval.Sessions;

/// <summary>
/// The captions of a session as a listener sees them, and for each committed word where it comes from. Nothing is believed: a policy that takes committed text back
/// is measured like any other.
/// </summary>
sealed class Captions(Language to)
{
    readonly SortedDictionary<int, Segment> _segments = [];
    readonly Erasure _erasure = new();

    /// <summary>Every word that was ever committed, in the order of its commit.</summary>
    public List<CommittedWord> Committed { get; } = [];

    /// <summary>Erased of committed text.</summary>
    public Erasure CommittedErasure { get; } = new();

    /// <summary>How often something was committed.</summary>
    public int Commits { get; private set; }

    /// <summary>How many of the commits needed no answer of the translator at that moment.</summary>
    public int Hits { get; private set; }

    /// <summary>Letters and digits that were committed and stand in no draft at the start of a word.</summary>
    public int Unexplained { get; private set; }

    public void Show(Caption caption, IReadOnlyList<AnsweredDraft> drafts, TimeSpan now, TimeSpan edge, bool isHit)
    {
        if (!_segments.TryGetValue(caption.Segment, out var segment))
            _segments[caption.Segment] = segment = new Segment();
        var committed = Writing.Units(to, caption.Committed);
        var shown = Writing.Units(to, Writing.Join(to, caption.Committed, caption.Tail));
        CommittedErasure.Revise(segment.CommittedUnits, committed);
        _erasure.Revise(segment.ShownUnits, shown);
        (segment.CommittedUnits, segment.ShownUnits) = (committed, shown);
        if (Commit(segment, caption, drafts, now, edge, isHit) == 0)
            return;
        Commits++;
        Hits += isHit ? 1 : 0;
    }

    /// <summary>The words of a segment that stand, in order.</summary>
    public IReadOnlyList<CommittedWord> WordsOf(int segment) => _segments.TryGetValue(segment, out var found) ? found.Words : [];

    /// <summary>Which words a committed text consists of: the beginning of a segment that begins like that, and is a translation of the words in question.</summary>
    public (IReadOnlySet<TokenKey> Keys, DraftToken? Last) SaidIn(string committed, IReadOnlySet<int> sources)
    {
        var text = Writing.Packed(committed);
        foreach (var segment in _segments.Values.Reverse())
        {
            if (text.Length > 0 && segment.TakeLeading(text) is { } words && words.All(word => word.Token is null || sources.Contains(word.Token.Source)))
                return (words.Select(static word => word.Token?.Key).OfType<TokenKey>().ToHashSet(), words[^1].Token);
        }

        return (new HashSet<TokenKey>(), null);
    }

    /// <summary>No caption changes any more.</summary>
    public Erasure Finish()
    {
        foreach (var segment in _segments.Values)
        {
            _erasure.Finish(segment.ShownUnits);
            CommittedErasure.Finish(segment.CommittedUnits);
        }

        return _erasure;
    }

    // How many words were committed.
    int Commit(Segment segment, Caption caption, IReadOnlyList<AnsweredDraft> drafts, TimeSpan now, TimeSpan edge, bool isHit)
    {
        var text = Writing.Packed(caption.Committed);
        segment.KeepOnly(text);
        var found = Provenance.Of(text.AsSpan(segment.Length), drafts, segment.Keys, out var unexplained);
        Unexplained += unexplained;
        foreach (var (token, plain, draft) in found)
        {
            // Known is what the draft was made of, and what made the policy commit it now.
            var known = draft is null || isHit ? edge : draft.Edge;
            segment.Add(new CommittedWord(caption.Segment, token, plain, now, known, draft?.Call));
            Committed.Add(segment.Words[^1]);
        }

        return found.Count;
    }

    sealed class Segment
    {
        public IReadOnlyList<string> CommittedUnits { get; set; } = [];

        public IReadOnlyList<string> ShownUnits { get; set; } = [];

        public List<CommittedWord> Words { get; } = [];

        public HashSet<TokenKey> Keys { get; } = [];

        public int Length { get; private set; }

        public void Add(CommittedWord word)
        {
            Words.Add(word);
            Length += word.Text.Length;
            if (word.Token is { } token)
                Keys.Add(token.Key);
        }

        /// <summary>Withdraws the words that a text does not begin with.</summary>
        public void KeepOnly(string text)
        {
            var (kept, length) = (0, 0);
            while (kept < Words.Count && text.AsSpan(length).StartsWith(Words[kept].Text, StringComparison.Ordinal))
                length += Words[kept++].Text.Length;
            foreach (var word in Words.Skip(kept))
            {
                word.IsWithdrawn = true;
                if (word.Token is { } token)
                    Keys.Remove(token.Key);
            }

            Words.RemoveRange(kept, Words.Count - kept);
            Length = length;
        }

        /// <summary>The first words, if they make up the text.</summary>
        public List<CommittedWord>? TakeLeading(string text)
        {
            var length = 0;
            for (var count = 0; count < Words.Count && length < text.Length; count++)
            {
                if (!text.AsSpan(length).StartsWith(Words[count].Text, StringComparison.Ordinal))
                    return null;
                length += Words[count].Text.Length;
                if (length == text.Length)
                    return Words[..(count + 1)];
            }

            return null;
        }
    }
}

/// <summary>A word that was committed.</summary>
/// <param name="Token">Where it comes from. Null: it stands in no draft.</param>
/// <param name="Text">Without spaces.</param>
/// <param name="Edge">How far the audio had to be known for it.</param>
/// <param name="Call">The call that it comes from.</param>
sealed record CommittedWord(int Segment, DraftToken? Token, string Text, TimeSpan At, TimeSpan Edge, int? Call)
{
    /// <summary>It does not stand any more.</summary>
    public bool IsWithdrawn { get; set; }
}
