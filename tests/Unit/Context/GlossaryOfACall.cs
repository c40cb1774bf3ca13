using VoiceGrains.Calls;
using VoiceGrains.Context;
using VoiceGrains.Engines;

namespace VoiceGrains.Tests.Unit.Context;

/// <summary>Rows of a glossary become what engines take: keyterms of one language, pairs of two.</summary>
public sealed class GlossaryOfACall
{
    [Fact]
    public void Keyterms_are_the_terms_of_the_spoken_language_in_the_order_of_rows()
    {
        var glossary = Of([("en", "cluster"), ("es", "clúster")], [("es", "grano")], [("en", "silo")], [("en", "Cluster")]);

        Assert.Equal(["cluster", "silo"], glossary.Keyterms(Tag("en")));
        Assert.Equal(["clúster", "grano"], glossary.Keyterms(Tag("es")));
        Assert.Empty(glossary.Keyterms(Tag("fr")));
    }

    [Theory]
    [InlineData("en-GB", "lift")]
    [InlineData("en-US", "elevator")]
    [InlineData("en-AU", "hoist")]
    [InlineData("en", "hoist")]
    public void A_variant_has_its_own_term_or_that_of_its_language(string spoken, string expected) =>
        Assert.Equal([expected], Of([("en-US", "elevator"), ("en-GB", "lift"), ("en", "hoist")]).Keyterms(Tag(spoken)));

    [Theory]
    [InlineData("pt", "comboio")]
    [InlineData("zh-Hant-TW", "伺服器")]
    [InlineData("zh-CN", "服务器")]
    public void Without_either_the_nearest_variant_serves(string spoken, string expected) =>
        Assert.Equal([expected], Of([("pt-PT", "comboio"), ("zh-Hans", "服务器"), ("zh-Hant", "伺服器")]).Keyterms(Tag(spoken)));

    [Fact]
    public void Pairs_are_made_of_rows_that_have_both_languages()
    {
        var glossary = Of([("en", "cluster"), ("es", "clúster")], [("en", "silo")], [("es", "grano"), ("en", "grain")], [("en", "Grain"), ("es", "semilla")]);

        Assert.Equal([new GlossaryTerm("cluster", "clúster"), new GlossaryTerm("grain", "grano")], glossary.Between(Tag("en-US"), Tag("es-MX"), "Good morning."));
        Assert.Equal("semilla", glossary.Between(Tag("es"), Tag("en"), "")[2].Source);
        Assert.Empty(glossary.Between(Tag("en"), Tag("fr"), "the cluster"));
    }

    [Fact]
    public void Of_a_long_glossary_only_what_occurs_in_the_text_is_given()
    {
        var rows = Enumerable.Range(1, Glossary.Short + 1).Select(static number => new[] { ("en", $"term{number}x"), ("es", $"voz{number}") }).ToArray();

        Assert.Equal(Glossary.Short, Of(rows[1..]).Between(Tag("en"), Tag("es"), "Nothing of it.").Length);
        Assert.Empty(Of(rows).Between(Tag("en"), Tag("es"), "Nothing of it."));
        Assert.Equal(
            [new GlossaryTerm("term3x", "voz3"), new GlossaryTerm("term9x", "voz9")], Of(rows).Between(Tag("en"), Tag("es"), "The TERM9X and two term3xs."));
    }

    static Glossary Of(params (string Language, string Text)[][] rows) =>
        new([.. rows.Select(static row => new GlossaryRow([.. row.Select(static term => new Term(Tag(term.Language), term.Text))]))]);

    static Language Tag(string tag) => Language.Parse(tag);
}
