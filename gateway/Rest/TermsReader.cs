using System.Collections.Immutable;
using VoiceGrains.Calls;
using VoiceGrains.Engines;

namespace VoiceGrains.Gateway.Rest;

/// <summary>Reads how the people of a call speak, and writes it the same way.</summary>
static class TermsReader
{
    const int MostRows = 200;
    const int LongestTerm = 80;

    /// <summary>Either the terms are set, or the problem. Terms are kept in the one form that Unicode calls composed, as recognizers write.</summary>
    public static IResult? Read(OpenCall asked, out CallTerms terms)
    {
        terms = CallTerms.None;
        if (FormalityOf(asked.Formality) is not { } formality)
            return Problems.BadRequest("bad-formality", "'formality' must be formal or informal. Leave it out where it makes no difference.");
        if (!TryReadInterpreting(asked.Interpreting, out var interpreting))
            return BadInterpreting("balanced");
        var given = asked.Glossary ?? [];
        if (given.Count > MostRows)
            return Problems.BadRequest("bad-glossary", $"'glossary' may have {MostRows} rows. Keep the most important ones, in that order.");
        var rows = ImmutableArray.CreateBuilder<GlossaryRow>(given.Count);
        foreach (var (at, row) in given.Index())
        {
            if (MistakeIn(row, out var read) is { } mistake)
                return Problems.BadRequest("bad-glossary", $"'glossary', row {at + 1}: {mistake}");
            rows.Add(new GlossaryRow(read));
        }

        terms = new CallTerms(rows.ToImmutable(), formality, interpreting ?? Interpreting.Balanced);
        return null;
    }

    /// <summary>Rows as they are given to <see cref="Read"/>.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> RowsOf(CallTerms terms) =>
        [.. terms.Glossary.Select(static row => row.Terms.ToDictionary(static term => term.Language.Tag, static term => term.Text))];

    /// <summary>Null: unspecified.</summary>
    public static string? NameOf(Formality formality) => formality switch
    {
        Formality.Formal => "formal",
        Formality.Informal => "informal",
        _ => null,
    };

    public static string NameOf(Interpreting interpreting) => interpreting switch
    {
        Interpreting.Fast => "fast",
        Interpreting.Safe => "safe",
        _ => "balanced",
    };

    /// <param name="interpreting">Null: none was named.</param>
    public static bool TryReadInterpreting(string? name, out Interpreting? interpreting)
    {
        interpreting = name switch
        {
            "balanced" => Interpreting.Balanced,
            "fast" => Interpreting.Fast,
            "safe" => Interpreting.Safe,
            _ => null,
        };
        return name is null || interpreting is not null;
    }

    /// <param name="otherwise">What counts when it is left out.</param>
    public static IResult BadInterpreting(string otherwise) =>
        Problems.BadRequest("bad-interpreting", $"'interpreting' must be fast, balanced or safe. Leave it out for {otherwise}.");

    static Formality? FormalityOf(string? name) => name switch
    {
        null => Formality.Unspecified,
        "formal" => Formality.Formal,
        "informal" => Formality.Informal,
        _ => null,
    };

    static string? MistakeIn(IReadOnlyDictionary<string, string?>? row, out ImmutableArray<Term> terms)
    {
        terms = [];
        if (row is not { Count: > 0 })
            return "it needs a term in at least one language, for example {\"en\":\"cluster\",\"es\":\"clúster\"}.";
        foreach (var (tag, written) in row)
        {
            if (!Language.TryParse(tag, out var language))
                return "it has a key that is no language tag. Use BCP 47, for example en, pt-BR or zh-Hant.";
            if (terms.Any(term => term.Language == language))
                return $"it names the language {language} twice.";
            // A broken character must be found before it is asked for its composed form.
            if (written is null || PlainText.HasHidden(written) || PlainText.OneLine(written).Normalize() is not { Length: > 0 and <= LongestTerm } text)
                return $"the term in {language} must have 1 to {LongestTerm} characters, without control characters or direction overrides.";
            terms = terms.Add(new Term(language, text));
        }

        return null;
    }
}
