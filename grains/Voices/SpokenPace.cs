namespace VoiceGrains.Voices;

/// <summary>How fast a voice speaks, found out from the clauses it has finished: tells which words of a clause were out when it broke off.</summary>
sealed class SpokenPace
{
    // Slower than nearly everybody speaks: as long as nothing is known, a word is rather heard twice than not at all.
    const double Slow = 10;

    // As long as a syllable: the word that was being spoken is spoken again.
    static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(250);

    double _letters;
    TimeSpan _spoken;

    double LettersPerSecond => _letters > 0 && _spoken > TimeSpan.Zero ? _letters / _spoken.TotalSeconds : Slow;

    /// <summary>A clause was spoken wholly.</summary>
    public void Learn(string clause, TimeSpan duration)
    {
        _letters += clause.Length;
        _spoken += duration;
    }

    /// <summary>What is left of a clause after so much of its sound, from the beginning of a word on. Empty: nothing.</summary>
    public string Rest(string clause, TimeSpan heard)
    {
        var letters = (int)Math.Max(0, (heard - Margin).TotalSeconds * LettersPerSecond);
        if (letters >= clause.Length)
            return "";
        var at = letters;
        // Where words have no spaces between them any letter is as good a place.
        if (clause.Contains(' ', StringComparison.Ordinal))
        {
            while (at > 0 && clause[at - 1] != ' ')
                at--;
        }
        else if (at > 0 && char.IsLowSurrogate(clause[at]))
        {
            at--;
        }

        return clause[at..];
    }
}
