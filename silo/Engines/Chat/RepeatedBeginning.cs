using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Chat;

/// <summary>
/// Takes away what a model says again of the text that it was to continue: some begin anew. Fragments are held while they repeat it, and let go as they are
/// when they do not repeat all of it.
/// </summary>
sealed class RepeatedBeginning(string begun)
{
    // Shorter ones may be speech: people do say "no, no".
    const int LeastLetters = 12;

    readonly string _begun = Packed(begun);
    readonly List<DraftFragment> _held = [];
    int _repeated;
    bool _isPast = Packed(begun).Length < LeastLetters;

    /// <summary>The next fragment: what can be passed on now.</summary>
    public IReadOnlyList<DraftFragment> Take(DraftFragment fragment)
    {
        if (_isPast)
            return [fragment];
        _held.Add(fragment);
        var left = _begun.AsSpan(_repeated);
        var packed = Packed(fragment.Text);
        if (packed.Length < left.Length && left.StartsWith(packed, StringComparison.Ordinal))
        {
            _repeated += packed.Length;
            return [];
        }

        if (Behind(fragment.Text, left) is { } rest)
        {
            _held.Clear();
            if (rest.Length > 0)
                _held.Add(fragment with { Text = rest });
        }

        _isPast = true;
        return End();
    }

    /// <summary>No more come: what is held was no repetition.</summary>
    public IReadOnlyList<DraftFragment> End()
    {
        DraftFragment[] held = [.. _held];
        _held.Clear();
        return held;
    }

    // What the text has behind these letters, which must end where a word does. Null: it begins otherwise.
    static string? Behind(string text, ReadOnlySpan<char> letters)
    {
        var at = 0;
        foreach (var letter in letters)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at == text.Length || text[at++] != letter)
                return null;
        }

        return at == text.Length || char.IsWhiteSpace(text[at]) ? text[at..].Trim() : null;
    }

    static string Packed(string text) => string.Concat(text.Where(static letter => !char.IsWhiteSpace(letter)));
}
