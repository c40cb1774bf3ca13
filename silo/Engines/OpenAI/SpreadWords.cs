using System.Collections.Immutable;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>Gives words times where the vendor gives none: each takes of the segment what its letters are of all letters.</summary>
static class SpreadWords
{
    public static ImmutableArray<Word> Over(string text, TimeSpan start, TimeSpan end)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var letters = words.Sum(static word => (long)word.Length);
        var spread = ImmutableArray.CreateBuilder<Word>(words.Length);
        long before = 0;
        foreach (var word in words)
        {
            var from = start + ((end - start) * ((double)before / letters));
            before += word.Length;
            spread.Add(new Word(word, from, start + ((end - start) * ((double)before / letters)), Confidence: null));
        }

        return spread.DrainToImmutable();
    }
}
