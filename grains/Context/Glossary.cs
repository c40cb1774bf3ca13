using System.Collections.Immutable;
using VoiceGrains.Calls;
using VoiceGrains.Engines;

namespace VoiceGrains.Context;

/// <summary>A call's glossary, as engines take it.</summary>
sealed class Glossary(ImmutableArray<GlossaryRow> rows)
{
    /// <summary>
    /// So many terms go along whole: they cost about as much as the rest of a request, and a model finds a term in forms that no search does. Of more, only those go that
    /// occur in the text: each short sentence would cost ten times as much with all of them.
    /// </summary>
    public const int Short = 16;

    /// <summary>What is likely to be said in a language, the most important first.</summary>
    public ImmutableArray<string> Keyterms(Language spoken) =>
        [.. rows.Select(row => TermIn(row, spoken)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>What a translator must know to translate a text.</summary>
    public ImmutableArray<GlossaryTerm> Between(Language from, Language to, string text)
    {
        var terms = new List<GlossaryTerm>();
        foreach (var row in rows)
        {
            if (TermIn(row, from) is { } source && TermIn(row, to) is { } target)
                terms.Add(new GlossaryTerm(source, target));
        }

        // Of two rows with the same term the more important one counts.
        var distinct = terms.DistinctBy(static term => term.Source, StringComparer.OrdinalIgnoreCase);
        return terms.Count <= Short ? [.. distinct] : [.. distinct.Where(term => TermSearch.Occurs(term.Source, text))];
    }

    // For a variant its own term, else that of the language, else that of a variant which is understood as well.
    static string? TermIn(GlossaryRow row, Language language) => row.Terms
        .Where(term => term.Language.IsSpokenLike(language))
        .OrderByDescending(term => SubtagsShared(term.Language, language))
        .ThenBy(static term => term.Language.Tag.Length)
        .FirstOrDefault()?.Text;

    static int SubtagsShared(Language one, Language other) =>
        one.Tag.Split('-').Zip(other.Tag.Split('-')).TakeWhile(static pair => pair.First == pair.Second).Count();
}
