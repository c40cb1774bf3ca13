using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Eval.Corpora;

namespace VoiceGrains.Eval.Policies;

/// <summary>Translates whole texts one after the other; each is committed and spoken when it is there, clause by clause.</summary>
sealed class InOrder(IBooth booth)
{
    readonly Queue<(int Segment, ImmutableArray<Word> Words)> _waiting = new();
    string _committed = "";
    int _segment;

    public void Translate(int segment, ImmutableArray<Word> words)
    {
        if (words.IsEmpty)
            return;
        _waiting.Enqueue((segment, words));
        if (_waiting.Count == 1)
            Call();
    }

    public void Take(Draft draft)
    {
        var (segment, _) = _waiting.Dequeue();
        if (segment != _segment)
            (_segment, _committed) = (segment, "");
        foreach (var clause in ClausesOf(draft))
        {
            _committed = Writing.Join(booth.To, _committed, clause);
            booth.Show(new Caption(segment, _committed, ""));
            booth.Speak(segment, clause);
        }

        if (_waiting.Count > 0)
            Call();
    }

    /// <summary>The call failed: the same text is asked for again.</summary>
    public void Miss() => Call();

    void Call()
    {
        var words = _waiting.Peek().Words;
        booth.Translate(new TranslateRequest(words, words.Length, "", IsWhole: true));
    }

    IEnumerable<string> ClausesOf(Draft draft)
    {
        var clause = "";
        foreach (var fragment in draft.Fragments)
        {
            clause = Writing.Join(booth.To, clause, fragment.Text);
            if (!Writing.EndsClause(clause))
                continue;
            yield return clause;
            clause = "";
        }

        if (clause.Length > 0)
            yield return clause;
    }
}
