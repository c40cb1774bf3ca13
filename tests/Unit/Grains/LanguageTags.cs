using FsCheck.Fluent;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Language tags after BCP 47, in one spelling each.</summary>
public sealed class LanguageTags
{
    [Theory]
    [InlineData("en", "en", "en")]
    [InlineData("PT-br", "pt-BR", "pt")]
    [InlineData("zh-hant-tw", "zh-Hant-TW", "zh")]
    [InlineData("ES-419", "es-419", "es")]
    [InlineData("ckb-ARAB-iq", "ckb-Arab-IQ", "ckb")]
    [InlineData("DE-1996", "de-1996", "de")]
    [InlineData("ca-ES-VALENCIA", "ca-ES-valencia", "ca")]
    [InlineData("sl-ROZAJ-BISKE-1994", "sl-rozaj-biske-1994", "sl")]
    public void A_tag_is_written_in_canonical_case(string text, string tag, string primary)
    {
        var language = Language.Parse(text);

        Assert.Equal((tag, primary, tag), (language.Tag, language.Primary, language.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("e")]
    [InlineData("english")]
    [InlineData("en_US")]
    [InlineData("en-")]
    [InlineData("-en")]
    [InlineData("en--US")]
    [InlineData("en-US-GB")]
    [InlineData("en-x-private")]
    [InlineData("en-u-ca-buddhist")]
    [InlineData("en\n")]
    [InlineData(" en")]
    [InlineData("en US")]
    [InlineData("еn")]
    [InlineData("en-٤١٩")]
    [InlineData("en-aaaaa-bbbbb-ccccc-ddddd-eeeee-fffff")]
    [InlineData("../../etc")]
    public void What_is_no_tag_is_refused(string? text)
    {
        Assert.False(Language.TryParse(text, out var language));
        Assert.Equal(default, language);
    }

    [Fact]
    public void A_wrong_tag_says_what_a_right_one_looks_like()
    {
        var error = Assert.Throws<FormatException>(static () => Language.Parse("english"));

        Assert.Contains("pt-BR", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Speakers_of_one_language_understand_each_other_wherever_they_are()
    {
        Assert.True(Language.Parse("pt-BR").IsSpokenLike(Language.Parse("pt")));
        Assert.False(Language.Parse("pt").IsSpokenLike(Language.Parse("es")));
        Assert.NotEqual(Language.Parse("pt-BR"), Language.Parse("pt"));
        Assert.Equal(Language.Parse("pt-br"), Language.Parse("PT-BR"));
    }

    [Theory]
    [InlineData("ar-EG", true)]
    [InlineData("he", true)]
    [InlineData("ckb", true)]
    [InlineData("en", false)]
    [InlineData("tr", false)]
    public void Scripts_from_right_to_left_are_known(string tag, bool expected) => Assert.Equal(expected, Language.Parse(tag).IsRightToLeft);

    [Fact]
    public void No_language_has_an_empty_tag() => Assert.Equal(("", ""), (default(Language).ToString(), default(Language).Primary));

    [Fact]
    public void A_parsed_tag_parses_to_itself_in_any_case()
    {
        var tags = Gen.Elements("en", "cmn", "Latn", "ZZZZ", "us", "419", "1996", "rozaj", "x", "", "a1b2c").NonEmptyListOf()
            .Select(static parts => string.Join('-', parts));

        Law.Holds(
            Gen.OneOf(tags, Any.Text),
            static text => !Language.TryParse(text, out var language)
                || (Language.Parse(language.Tag) == language && Language.Parse(text.ToUpperInvariant()) == language && Language.Parse(text.ToLowerInvariant()) == language),
            cases: 1_000);
    }
}
