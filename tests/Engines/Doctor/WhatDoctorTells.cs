using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoiceGrains.Silo;
using VoiceGrains.Silo.Engines;

namespace VoiceGrains.Tests.Engines.Doctor;

/// <summary>What <c>./voicegrains doctor</c> says of the engines that the settings name.</summary>
public sealed class WhatDoctorTells
{
    const string Secret = "sk-never-to-be-shown";

    [Fact]
    public async Task Each_stage_names_who_is_first_and_who_stands_behind()
    {
        var (code, text) = await Tell(
            ("Engines:Recognizers", "deepgram-flux, deepgram-nova"), ("Engines:Translators", "openai, anthropic"), ("Engines:Synthesizers", "elevenlabs, openai-speech"),
            ("Engines:Cloner", "elevenlabs"), ("DEEPGRAM_API_KEY", Secret), ("OPENAI_API_KEY", Secret), ("Engines:Anthropic:Key", Secret), ("ELEVENLABS_API_KEY", Secret));

        Assert.True(code == 0, text);
        Assert.Contains("Engines:Recognizers = deepgram-flux, deepgram-nova", text, StringComparison.Ordinal);
        Assert.Contains("1. deepgram-flux: first for en es fr de it pt\n", text, StringComparison.Ordinal);
        Assert.Contains("2. deepgram-nova: first for ar; fallback for en es fr de it pt\n", text, StringComparison.Ordinal);
        Assert.Contains("1. openai: first for all 42 pairs\n", text, StringComparison.Ordinal);
        Assert.Contains("2. anthropic: fallback for all 42 pairs\n", text, StringComparison.Ordinal);
        Assert.Contains("1. elevenlabs: first for en es fr de it pt ar\n", text, StringComparison.Ordinal);
        Assert.Contains("elevenlabs makes voices of recordings", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_or_wrong_is_told_with_how_to_set_it_and_the_rest_of_the_stage_too()
    {
        var (code, text) = await Tell(
            ("Engines:Recognizers", "deepgram, psychic, scripted"), ("Engines:Translators", "openai, scripted"), ("OPENAI_API_KEY", Secret + " with a blank"),
            ("Engines:Synthesizers", "scripted, scripted"));

        Assert.Equal(1, code);
        Assert.Contains("1. deepgram: can't be used, see below\n", text, StringComparison.Ordinal);
        Assert.Contains("2. psychic: can't be used, see below\n", text, StringComparison.Ordinal);
        Assert.Contains("3. scripted: first for en es fr de it pt ar\n", text, StringComparison.Ordinal);
        Assert.Contains("1. openai: can't be used, see below\n", text, StringComparison.Ordinal);
        Assert.Contains("Set Engines:Deepgram:Key, Engines:Deepgram:KeyFile or DEEPGRAM_API_KEY.", text, StringComparison.Ordinal);
        Assert.Contains("Engines:Recognizers: there is no engine 'psychic'. Known: ", text, StringComparison.Ordinal);
        Assert.Contains("OPENAI_API_KEY holds no key", text, StringComparison.Ordinal);
        Assert.Contains("Engines:Synthesizers names scripted more than once", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Engines:Deepgram:Url", "nowhere")]
    [InlineData("Engines:Deepgram:StallAfter", "soon")]
    public async Task An_engine_with_a_wrong_setting_is_not_asked_for_anything(string setting, string value)
    {
        var (code, text) = await Tell(("Engines:Recognizers", "deepgram"), ("DEEPGRAM_API_KEY", Secret), (setting, value));

        Assert.Equal(1, code);
        Assert.Contains("1. deepgram: can't be used, see below\n", text, StringComparison.Ordinal);
        Assert.Contains("nobody for en es fr de it pt ar\n", text, StringComparison.Ordinal);
        Assert.Contains(setting, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cloner_whose_voices_nobody_could_speak_with_is_a_mistake()
    {
        var (code, text) = await Tell(("Engines:Synthesizers", "openai-speech"), ("OPENAI_API_KEY", Secret), ("Engines:Cloner", "elevenlabs"), ("ELEVENLABS_API_KEY", Secret));

        Assert.Equal(1, code);
        Assert.Contains("Add elevenlabs to Engines:Synthesizers, at the end if others shall usually speak, or set Engines:Cloner to none.", text, StringComparison.Ordinal);
        Assert.Contains("elevenlabs: can't be used, see below", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_nobody_uses_is_pointed_at()
    {
        var (_, text) = await Tell(("OPENAI_API_KEY", Secret));

        Assert.Contains("OPENAI_API_KEY is set, but no engine of OpenAI is chosen. Name one: openai-transcribe in Engines:Recognizers, openai in Engines:Translators, ", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistyped_setting_is_told()
    {
        var configuration = Configuration(
            ("Engines:Deepgram:Endpoiting", "00:00:01"), ("engines:deepgram:endpointing", "00:00:01"), ("Engines:ElevenLabs:Voices:de:Female", "a"), ("Engines:Phrasebooks:3", "b"), ("Gateway:Demo", "true"), ("Other:Thing", "c"));

        Assert.Equal(["Engines:Deepgram:Endpoiting: there is no such setting. .env.example lists them all."], KnownSettings.Mistyped(configuration));
    }

    static IConfiguration Configuration(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("Engines:Recognizers", "scripted"), new("Engines:Translators", "scripted"), new("Engines:Synthesizers", "scripted")])
        .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();

    static async Task<(int Code, string Text)> Tell(params (string Name, string Value)[] settings)
    {
        var configuration = Configuration(settings);
        var mistakes = new List<string>();
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        services.AddVoiceEngines(configuration, mistakes);
        await using var provider = services.BuildServiceProvider();
        var output = new StringWriter { NewLine = "\n" };
        return (new Silo.Doctor(provider, configuration, mistakes, output).Run(), output.ToString());
    }
}
