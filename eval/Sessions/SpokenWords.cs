using VoiceGrains.Eval.Corpora;

namespace VoiceGrains.Eval.Sessions;

/// <summary>Numbers the words that are spoken, and knows which committed word each of them is.</summary>
sealed class SpokenWords(Captions captions)
{
    readonly List<SpokenWord> _all = [];
    readonly Dictionary<int, int> _spokenOf = [];
    int _clauses;

    public IReadOnlyList<SpokenWord> All => _all;

    /// <summary>The words of a text that is to be spoken. What does not go on exactly where the last text of the segment ended is nobody's word.</summary>
    public List<(short Number, string Text)> Number(int segment, string text, TimeSpan now)
    {
        var words = new List<(short, string)>();
        _clauses++;
        foreach (var (committed, plain) in Words(segment, text))
        {
            var number = checked((short)(_all.Count + 1));
            _all.Add(new SpokenWord(number, committed, now, _clauses));
            words.Add((number, plain));
        }

        return words;
    }

    List<(CommittedWord? Word, string Text)> Words(int segment, string text)
    {
        var committed = captions.WordsOf(segment);
        var from = _spokenOf.GetValueOrDefault(segment);
        var packed = Writing.Packed(text);
        var (count, length) = (0, 0);
        while (from + count < committed.Count && packed.AsSpan(length).StartsWith(committed[from + count].Text, StringComparison.Ordinal) && length < packed.Length)
            length += committed[from + count++].Text.Length;
        if (length != packed.Length)
            return [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static word => ((CommittedWord?)null, word))];
        _spokenOf[segment] = from + count;
        return [.. committed.Skip(from).Take(count).Select(static word => ((CommittedWord?)word, word.Text))];
    }
}

/// <summary>A word that was given to the synthesizer.</summary>
/// <param name="Number">From 1, in the order in which they were given.</param>
/// <param name="Word">Null: it was not committed, or not at this place.</param>
/// <param name="Clause">Which text it was given in, from 1.</param>
sealed record SpokenWord(int Number, CommittedWord? Word, TimeSpan At, int Clause);
