using Microsoft.AspNetCore.Http.HttpResults;
using VoiceGrains.Calls;
using VoiceGrains.Engines;
using VoiceGrains.Gateway.Rest;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>A glossary and a formality are read as they were meant, or refused with a word on what to change.</summary>
public sealed class TermsOfRequests
{
    [Fact]
    public void Rows_are_read_with_canonical_tags_and_terms_of_one_line()
    {
        var given = new OpenCall(Glossary: [Row(("EN", " load\n balancer "), ("pt-br", "balanceador")), Row(("es", "clu\u0301ster"))], Formality: "informal");

        Assert.Null(TermsReader.Read(given, out var terms));

        Assert.Equal([new Term(Tag("en"), "load balancer"), new Term(Tag("pt-BR"), "balanceador")], terms.Glossary[0].Terms);
        Assert.Equal([new Term(Tag("es"), "clúster".Normalize())], terms.Glossary[1].Terms);
        Assert.Equal(Formality.Informal, terms.Formality);
        Assert.Equal("balanceador", TermsReader.RowsOf(terms)[0]["pt-BR"]);
        Assert.Equal("informal", TermsReader.NameOf(terms.Formality));
    }

    [Fact]
    public void Without_them_there_are_none()
    {
        Assert.Null(TermsReader.Read(new OpenCall(), out var terms));

        Assert.Equal((0, Formality.Unspecified), (terms.Glossary.Length, terms.Formality));
        Assert.Null(TermsReader.NameOf(terms.Formality));
    }

    [Theory]
    [InlineData(200, 80, true)]
    [InlineData(201, 80, false)]
    [InlineData(200, 81, false)]
    [InlineData(1, 0, false)]
    public void Limits_are_held(int rows, int characters, bool isTaken)
    {
        var given = new OpenCall(Glossary: [.. Enumerable.Repeat(Row(("en", new string('x', characters))), rows)]);

        Assert.Equal(isTaken, TermsReader.Read(given, out _) is null);
    }

    public static TheoryData<string, string?> Bad => new()
    {
        { "not a tag", "x" },
        { "", "x" },
        { "en", null },
        { "en", "   " },
        { "en", "bell\a" },
        { "en", "\u202Eevil" },
        { "en", "half \uD83D" },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void A_bad_row_is_named_by_its_number(string tag, string? term)
    {
        var problem = Refused(new OpenCall(Glossary: [Row(("en", "fine")), Row((tag, term))]));

        Assert.Equal((400, "bad-glossary"), (problem.Status, problem.Title));
        Assert.StartsWith("'glossary', row 2: ", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_needs_a_language_and_each_only_once()
    {
        Assert.Contains("at least one language", Refused(new OpenCall(Glossary: [Row()])).Detail, StringComparison.Ordinal);
        Assert.Contains("at least one language", Refused(new OpenCall(Glossary: [null])).Detail, StringComparison.Ordinal);
        Assert.Contains("en-GB twice", Refused(new OpenCall(Glossary: [Row(("en-gb", "lift"), ("en-GB", "hoist"))])).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Formal")]
    [InlineData("polite")]
    public void An_unknown_formality_is_refused(string formality)
    {
        var problem = Refused(new OpenCall(Formality: formality));

        Assert.Equal((400, "bad-formality"), (problem.Status, problem.Title));
        Assert.Contains("formal or informal", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, VoiceGrains.Engines.Interpreting.Balanced)]
    [InlineData("balanced", VoiceGrains.Engines.Interpreting.Balanced)]
    [InlineData("fast", VoiceGrains.Engines.Interpreting.Fast)]
    [InlineData("safe", VoiceGrains.Engines.Interpreting.Safe)]
    public void How_eagerly_is_translated_is_read_and_written_the_same_way(string? name, VoiceGrains.Engines.Interpreting interpreting)
    {
        Assert.Null(TermsReader.Read(new OpenCall(Interpreting: name), out var terms));

        Assert.Equal(interpreting, terms.Interpreting);
        Assert.Equal(name ?? "balanced", TermsReader.NameOf(interpreting));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Fast")]
    [InlineData("slow")]
    public void An_unknown_way_of_interpreting_is_refused(string name)
    {
        var problem = Refused(new OpenCall(Interpreting: name));

        Assert.Equal((400, "bad-interpreting"), (problem.Status, problem.Title));
        Assert.Contains("fast, balanced or safe", problem.Detail, StringComparison.Ordinal);
    }

    static Microsoft.AspNetCore.Mvc.ProblemDetails Refused(OpenCall given) => Assert.IsType<ProblemHttpResult>(TermsReader.Read(given, out _)).ProblemDetails;

    static Dictionary<string, string?> Row(params (string Tag, string? Term)[] terms) => terms.ToDictionary(static term => term.Tag, static term => term.Term);

    static Language Tag(string tag) => Language.Parse(tag);
}
