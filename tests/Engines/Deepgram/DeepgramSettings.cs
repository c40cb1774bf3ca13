using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.Deepgram;

namespace VoiceGrains.Tests.Engines.Deepgram;

/// <summary>What a silo says to its settings at start.</summary>
public sealed class DeepgramSettings
{
    static EngineSet Start(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
        return new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging().AddVoiceEngines(configuration).BuildServiceProvider().GetRequiredService<EngineSet>();
    }

    [Theory]
    [InlineData("deepgram")]
    [InlineData("deepgram-nova")]
    [InlineData("deepgram-flux")]
    public void Choosing_it_without_a_key_is_a_mistake_that_names_the_settings(string engine)
    {
        var mistakes = Assert.Throws<SettingsException>(() => Start(("Engines:Recognizers", engine))).Mistakes;

        Assert.Contains("DEEPGRAM_API_KEY", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        var mistakes = Assert.Throws<SettingsException>(() => Start(
            ("Engines:Recognizers", "deepgram, parrot"),
            ("Engines:Deepgram:Url", "https://api.deepgram.com"),
            ("Engines:Deepgram:KeepAlive", "00:00:12"),
            ("Engines:Deepgram:EndOfTurnThreshold", "0.6"),
            ("Engines:Deepgram:EagerEndOfTurnThreshold", "0.7"),
            ("Engines:Deepgram:ReplaySpeed", "2"))).Mistakes;

        string[] named = ["parrot", "Engines:Deepgram:Url", "KeepAlive must be from 1 to 8 seconds", "EagerEndOfTurnThreshold must be from 0.3 to 0.6", "ReplaySpeed must be from 1 to 1.25", "DEEPGRAM_API_KEY"];
        Assert.All(named, name => Assert.Single(mistakes, mistake => mistake.Contains(name, StringComparison.Ordinal)));
        Assert.Equal(named.Length, mistakes.Count);
    }

    [Fact]
    public void A_value_that_is_no_value_is_a_mistake_too()
    {
        var mistakes = Assert.Throws<SettingsException>(() => Start(("Engines:Recognizers", "deepgram"), ("Engines:Deepgram:Key", "k"), ("Engines:Deepgram:StallAfter", "soon"))).Mistakes;

        Assert.Contains("Engines:Deepgram:StallAfter", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_key_it_is_there()
    {
        var engines = Start(("Engines:Recognizers", "deepgram, deepgram-nova, deepgram-flux"), ("DEEPGRAM_API_KEY", "k"));

        Assert.Equal(["deepgram", "deepgram-nova", "deepgram-flux"], engines.Recognizers.Select(static engine => engine.Name));
        Assert.IsType<DeepgramNovaRecognizer>(engines.Recognizers[1]);
    }

    [Fact]
    public void Who_does_not_choose_it_needs_no_key()
    {
        Assert.Equal("scripted", Assert.Single(Start(("Engines:Recognizers", "scripted"), ("Engines:Deepgram:ReplaySpeed", "9")).Recognizers).Name);
    }
}
