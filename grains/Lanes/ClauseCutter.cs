using System.Text;

namespace VoiceGrains.Lanes;

/// <summary>Cuts streamed text into clauses: at a clause mark that is followed by a space, when the clause has some length.</summary>
sealed class ClauseCutter
{
    // "Yes," alone is not worth a breath of its own.
    const int ShortestClause = 5;
    const string ClauseMarks = ",;:.!?…،؛؟";

    // Written without spaces after them.
    const string WideMarks = "、。！？，；：";

    readonly StringBuilder _text = new();

    /// <summary>Takes more text; returns the clauses that are complete now.</summary>
    public IReadOnlyList<string> Take(string text)
    {
        _text.Append(text);
        List<string>? clauses = null;
        for (var i = 0; i < _text.Length; i++)
        {
            if (!EndsClause(i))
                continue;
            (clauses ??= []).Add(_text.ToString(0, i + 1).Trim());
            _text.Remove(0, i + 1);
            i = -1;
        }

        return clauses ?? (IReadOnlyList<string>)[];
    }

    /// <summary>The rest, as the last clause. Null: there is none.</summary>
    public string? Finish()
    {
        var rest = _text.ToString().Trim();
        _text.Clear();
        return rest.Length == 0 ? null : rest;
    }

    bool EndsClause(int at)
    {
        if (WideMarks.Contains(_text[at], StringComparison.Ordinal))
            return at > 0;
        var isMark = ClauseMarks.Contains(_text[at], StringComparison.Ordinal) && at + 1 < _text.Length && char.IsWhiteSpace(_text[at + 1]);
        return isMark && LettersBefore(at) >= ShortestClause;
    }

    int LettersBefore(int end)
    {
        var letters = 0;
        for (var i = 0; i < end; i++)
        {
            if (char.IsLetterOrDigit(_text[i]))
                letters++;
        }

        return letters;
    }
}
