namespace VoiceGrains.Eval.Corpora;

/// <summary>How many syllables an English word has: groups of vowels, without a silent e at the end. Exact enough for timing.</summary>
static class Syllables
{
    public static int Of(string word)
    {
        var count = 0;
        var wasVowel = false;
        foreach (var letter in word)
        {
            var isVowel = "aeiouyAEIOUY".Contains(letter, StringComparison.Ordinal);
            if (isVowel && !wasVowel)
                count++;
            wasVowel = isVowel;
        }

        if (count > 1 && word.EndsWith('e') && !word.EndsWith("le", StringComparison.Ordinal))
            count--;
        return Math.Max(1, count);
    }
}
