using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Deepgram;

namespace VoiceGrains.Tests.Engines.Deepgram;

/// <summary>What is asked of the vendor in the address.</summary>
public sealed class ListenAddresses
{
    static readonly DeepgramOptions Options = new();

    static string[] Keyterms(Uri address) => QueryHelpers.ParseQuery(address.Query).TryGetValue("keyterm", out var terms) ? [.. terms.OfType<string>()] : [];

    [Theory]
    [InlineData("en", "en", "en")]
    [InlineData("en-GB", "en-GB", "en")]
    [InlineData("en-ZA", "en", "en")]
    [InlineData("pt-BR", "pt-BR", "pt")]
    [InlineData("de-CH", "de-CH", "de")]
    [InlineData("uk", "uk", null)]
    [InlineData("sr-Latn-RS", "sr", null)]
    [InlineData("nb", "no", null)]
    [InlineData("zh", "zh-CN", null)]
    [InlineData("zh-Hant-TW", "zh-TW", null)]
    [InlineData("zh-HK", "zh-HK", null)]
    [InlineData("la", null, null)]
    public void A_language_is_recognized_by_the_code_that_the_model_lists(string language, string? nova, string? flux)
    {
        Assert.Equal(nova, DeepgramLanguages.ForNova(Language.Parse(language)));
        Assert.Equal(flux, DeepgramLanguages.ForFlux(Language.Parse(language)));
    }

    [Fact]
    public async Task Flux_is_chosen_for_the_languages_that_it_knows_and_Nova_for_others()
    {
        await using var line = await DeepgramLine.Start();

        await line.Either.Open(new RecognizerRequest(Language.Parse("fr-CA"))).RunToEnd();
        await line.Either.Open(new RecognizerRequest(Language.Parse("uk"))).RunToEnd();

        Assert.Equal((1, 1), (line.Vendor.Ledger.CountOf("flux"), line.Vendor.Ledger.CountOf("nova")));
        Assert.False(line.Either.Knows(Language.Parse("la")));
        Assert.Throws<EngineFaultException>(() => line.Either.Open(new RecognizerRequest(Language.Parse("la"))));
        await line.AssertClean();
    }

    [Fact]
    public void Numbers_are_written_the_same_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            var query = ListenAddress.Flux(new DeepgramOptions { EagerEndOfTurnThreshold = 0.5 }, "en", []).Query;

            Assert.Contains("eot_threshold=0.7&eager_eot_threshold=0.5&eot_timeout_ms=3000", query, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public async Task Keyterms_go_along_as_they_are_written()
    {
        await using var line = await DeepgramLine.Start();
        ImmutableArray<string> terms = ["Müller & Söhne", "50% off?", " "];

        await line.Nova.Open(new RecognizerRequest(Language.Parse("en")) { Keyterms = terms }).RunToEnd();
        await line.Flux.Open(new RecognizerRequest(Language.Parse("de")) { Keyterms = terms }).RunToEnd();

        Assert.Equal(terms[..2], Keyterms(ListenAddress.Nova(Options, "en", terms)));
        Assert.Equal(terms[..2], Keyterms(ListenAddress.Flux(Options, "de", terms)));
        await line.AssertClean();
    }

    [Fact]
    public async Task Of_too_many_keyterms_the_first_go_along()
    {
        await using var line = await DeepgramLine.Start();
        ImmutableArray<string> many = [.. Enumerable.Range(1, 400).Select(static number => $"term{number}")];
        ImmutableArray<string> long_ = [.. Enumerable.Range(1, 90).Select(static number => new string('я', 40) + number)];

        await line.Nova.Open(new RecognizerRequest(Language.Parse("en")) { Keyterms = many }).RunToEnd();
        await line.Flux.Open(new RecognizerRequest(Language.Parse("en")) { Keyterms = many }).RunToEnd();
        await line.Flux.Open(new RecognizerRequest(Language.Parse("ru")) { Keyterms = long_ }).RunToEnd();

        Assert.Equal(many[..100], Keyterms(ListenAddress.Flux(Options, "en", many)));
        Assert.Equal("term1", Keyterms(ListenAddress.Nova(Options, "en", many))[0]);
        Assert.InRange(Keyterms(ListenAddress.Nova(Options, "en", many)).Length, 100, 200);
        Assert.InRange(ListenAddress.Flux(Options, "ru", long_).AbsoluteUri.Length, 2_000, 5_000);
        Assert.Empty(Keyterms(ListenAddress.Nova(new DeepgramOptions { NovaModel = "nova-2" }, "en", many)));
        await line.AssertClean();
    }
}
