using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines;

namespace VoiceGrains.Tests.Engines.Chat;

/// <summary>Engines of vendors that the settings name: each with its key, or none starts.</summary>
public sealed class ChosenVendors
{
    [Fact]
    public void Engines_without_their_keys_are_named_mistakes_together_with_all_others()
    {
        var mistakes = MistakesOf(new()
        {
            ["Engines:Translators"] = "openai, anthropic, nobody",
            ["Engines:OpenAI:MostTokens"] = "1",
            ["Engines:Anthropic:Chat:First"] = "00:10:00",
        });

        Assert.Contains(mistakes, static mistake => mistake.StartsWith("Engines:Translators: there is no engine 'nobody'", StringComparison.Ordinal));
        Assert.Contains(mistakes, static mistake => mistake.StartsWith("Engines:OpenAI:Key is missing", StringComparison.Ordinal));
        Assert.Contains(mistakes, static mistake => mistake.StartsWith("Engines:OpenAI:MostTokens is 1", StringComparison.Ordinal));
        Assert.Contains(mistakes, static mistake => mistake.StartsWith("Engines:Anthropic:Key is missing", StringComparison.Ordinal));
        Assert.Contains(mistakes, static mistake => mistake.StartsWith("Engines:Anthropic:Chat:First is 00:10:00", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Engines:Recognizers", "openai-transcribe")]
    [InlineData("Engines:Synthesizers", "espeak-ng, openai-speech")]
    [InlineData("Engines:Translators", "openai")]
    public void Each_engine_of_a_vendor_asks_for_its_key(string setting, string engines) =>
        Assert.StartsWith("Engines:OpenAI:Key is missing", Assert.Single(MistakesOf(new() { [setting] = engines })), StringComparison.Ordinal);

    [Fact]
    public void A_value_that_can_not_be_read_is_a_named_mistake() =>
        Assert.StartsWith("Engines:OpenAI:", Assert.Single(MistakesOf(new()
        {
            ["Engines:Translators"] = "openai",
            ["Engines:OpenAI:Key"] = "sk-1",
            ["Engines:OpenAI:MostTokens"] = "many",
        })), StringComparison.Ordinal);

    [Fact]
    public void Vendors_that_nobody_chose_are_asked_for_nothing()
    {
        using var services = Services(new() { ["Engines:OpenAI:MostTokens"] = "1" }).BuildServiceProvider();

        Assert.Equal(["phrasebook", "apertium"], services.GetRequiredService<EngineSet>().Translators.Select(static engine => engine.Name));
    }

    [Fact]
    public void With_their_keys_all_are_there_in_the_order_of_the_settings()
    {
        using var services = Services(new()
        {
            ["Engines:Translators"] = "openai, anthropic",
            ["Engines:Recognizers"] = "openai-transcribe",
            ["Engines:Synthesizers"] = "openai-speech",
            ["Engines:OpenAI:Key"] = "sk-1",
            ["ANTHROPIC_API_KEY"] = "sk-2",
        }).BuildServiceProvider();

        var engines = services.GetRequiredService<EngineSet>();
        Assert.Equal(["openai", "anthropic"], engines.Translators.Select(static engine => engine.Name));
        Assert.Equal("openai-transcribe", Assert.Single(engines.Recognizers).Name);
        Assert.Equal("openai-speech", Assert.Single(engines.Synthesizers).Name);
    }

    [Fact]
    public void The_engines_that_can_interpret_while_people_speak_are_registered_as_such()
    {
        using var services = Services(new()
        {
            ["Engines:Translators"] = "openai, anthropic, scripted",
            ["Engines:OpenAI:Key"] = "sk-1",
            ["Engines:Anthropic:Key"] = "sk-2",
        }).BuildServiceProvider();

        var english = Language.Parse("en");
        Assert.All(services.GetRequiredService<EngineSet>().TranslatorsFor(english, Language.Parse("es")), static engine => Assert.IsAssignableFrom<IDraftingTranslator>(engine));
        Assert.Equal(3, services.GetRequiredService<EngineSet>().Translators.Count);
    }

    static IReadOnlyList<string> MistakesOf(Dictionary<string, string?> settings) => Assert.Throws<SettingsException>(() => Services(settings)).Mistakes;

    static IServiceCollection Services(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<IConfiguration>(configuration).AddVoiceEngines(configuration);
    }
}
