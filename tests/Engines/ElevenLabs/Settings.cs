using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.ElevenLabs;

namespace VoiceGrains.Tests.Engines.ElevenLabs;

/// <summary>Choosing ElevenLabs by settings.</summary>
public sealed class Settings
{
    [Fact]
    public void Choosing_it_without_a_key_is_told_together_with_all_other_mistakes()
    {
        var error = Assert.Throws<SettingsException>(() => Start(
            ("Engines:Synthesizers", "elevenlabs"), ("Engines:Recognizers", "nobody"), ("Engines:ElevenLabs:Speed", "3"), ("Engines:ElevenLabs:Transport", "pigeon"), ("Engines:ElevenLabs:IdleLimit", "01:00:00")));

        Assert.Contains(error.Mistakes, static mistake => mistake.Contains("ELEVENLABS_API_KEY", StringComparison.Ordinal));
        Assert.Contains(error.Mistakes, static mistake => mistake.Contains("nobody", StringComparison.Ordinal));
        Assert.Contains(error.Mistakes, static mistake => mistake.StartsWith("Engines:ElevenLabs:Speed", StringComparison.Ordinal));
        Assert.Contains(error.Mistakes, static mistake => mistake.StartsWith("Engines:ElevenLabs:Transport", StringComparison.Ordinal));
        Assert.Contains(error.Mistakes, static mistake => mistake.StartsWith("Engines:ElevenLabs:IdleLimit", StringComparison.Ordinal));
        Assert.Equal(5, error.Mistakes.Count);
    }

    [Fact]
    public void Nobody_needs_a_key_for_what_was_not_chosen() =>
        Assert.DoesNotContain(Start(("Engines:Synthesizers", "scripted")).GetRequiredService<EngineSet>().Synthesizers, static engine => engine.Name == "elevenlabs");

    [Fact]
    public async Task It_is_chosen_by_one_setting_and_brings_its_cloner()
    {
        await using var services = Start(("Engines:Synthesizers", "elevenlabs, scripted"), ("ELEVENLABS_API_KEY", "sk-1"), ("Engines:ElevenLabs:Voices:de:Female", "anna"));

        Assert.Equal(["elevenlabs", "scripted"], services.GetRequiredService<EngineSet>().Synthesizers.Select(static engine => engine.Name));
        Assert.Equal("elevenlabs", services.GetRequiredService<ElevenLabsCloner>().Name);
        Assert.Equal("anna", SpokenVoice.Of(Studio.German, services.GetRequiredService<ElevenLabsOptions>()).Id);
    }

    [Theory]
    [InlineData("de-AT", true)]
    [InlineData("nb", true)]
    [InlineData("cy", false)]
    public async Task It_speaks_the_languages_of_its_model(string language, bool speaks)
    {
        await using var services = Start(("Engines:Synthesizers", "elevenlabs"), ("ELEVENLABS_API_KEY", "sk-1"));

        Assert.Equal(speaks, services.GetRequiredService<EngineSet>().Synthesizers[0].Speaks(Language.Parse(language)));
    }

    static ServiceProvider Start(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static each => KeyValuePair.Create(each.Name, (string?)each.Value))).Build();
        return new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddVoiceEngines(configuration).BuildServiceProvider();
    }
}
