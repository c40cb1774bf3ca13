using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Anthropic;
using VoiceGrains.Silo.Engines.Apertium;
using VoiceGrains.Silo.Engines.Deepgram;
using VoiceGrains.Silo.Engines.ElevenLabs;
using VoiceGrains.Silo.Engines.EspeakNg;
using VoiceGrains.Silo.Engines.OpenAI;
using VoiceGrains.Silo.Engines.Phrasebooks;
using VoiceGrains.Silo.Engines.PocketSphinx;
using VoiceGrains.Silo.Engines.Scripted;

namespace VoiceGrains.Silo.Engines;

/// <summary>A start that can't be: one line for each setting that is wrong.</summary>
sealed class SettingsException(IReadOnlyList<string> mistakes) : Exception(string.Join('\n', mistakes))
{
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}

/// <summary>Makes the engines that the settings name.</summary>
static class EngineRegistration
{
    /// <summary>Adds the <see cref="EngineSet"/>. Throws <see cref="SettingsException"/> with all mistakes at once.</summary>
    public static IServiceCollection AddVoiceEngines(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("Engines");
        var options = section.Get<EngineOptions>() ?? new EngineOptions();
        var sphinx = section.GetSection("PocketSphinx").Get<PocketSphinxOptions>() ?? new PocketSphinxOptions();
        if (!Path.IsPathRooted(sphinx.Dictionaries))
            sphinx.Dictionaries = Path.Combine(ProductFolder.Path, sphinx.Dictionaries);

        services.AddSingleton(section.GetSection("EspeakNg").Get<EspeakOptions>() ?? new EspeakOptions());
        services.AddSingleton(section.GetSection("Apertium").Get<ApertiumOptions>() ?? new ApertiumOptions());
        services.AddSingleton(configuration.GetSection("Scripted").Get<ScriptedOptions>() ?? new ScriptedOptions());
        services.AddSingleton(sphinx).AddSingleton(options).AddSingleton(ReadPhrasebooks(options));
        services.AddSingleton<LanguageModels>().AddSingleton<DecoderPool>().AddSingleton<EspeakVoices>().AddSingleton<ApertiumModes>();
        services.AddSingleton<PocketSphinxRecognizer>().AddSingleton<PhrasebookTranslator>().AddSingleton<ApertiumTranslator>();
        services.AddSingleton<EspeakSynthesizer>().AddSingleton<ScriptedRecognizer>().AddSingleton<ScriptedTranslator>().AddSingleton<ScriptedSynthesizer>();

        var mistakes = new List<string>();
        var recognizers = Choose(options.Recognizers, KnownRecognizers, "Engines:Recognizers", mistakes);
        var translators = Choose(options.Translators, KnownTranslators, "Engines:Translators", mistakes);
        var synthesizers = Choose(options.Synthesizers, KnownSynthesizers, "Engines:Synthesizers", mistakes);
        services.AddDeepgram(configuration, EngineOptions.NamesIn(options.Recognizers), mistakes);
        List<Type> chosen = [.. recognizers, .. translators, .. synthesizers];
        services.AddOpenAI(configuration, chosen.Any(OpenAIRegistration.Engines.Contains), mistakes);
        services.AddAnthropic(configuration, chosen.Contains(typeof(AnthropicTranslator)), mistakes);
        services.AddElevenLabs(configuration, synthesizers.Contains(typeof(ElevenLabsSynthesizer)) || options.Cloner == "elevenlabs", mistakes);
        if (options.Cloner != NoCloner && !KnownCloners.ContainsKey(options.Cloner))
            mistakes.Add($"Engines:Cloner: there is no engine '{options.Cloner}'. Known: {NoCloner}, {string.Join(", ", KnownCloners.Keys)}.");
        if (mistakes.Count > 0)
            throw new SettingsException(mistakes);
        if (KnownCloners.TryGetValue(options.Cloner, out var cloner))
            services.AddSingleton(provider => (IVoiceCloner)ActivatorUtilities.GetServiceOrCreateInstance(provider, cloner));
        return services.AddSingleton(provider => new EngineSet(
            [.. recognizers.Select(type => (IRecognizer)provider.GetRequiredService(type))],
            [.. translators.Select(type => (ITranslator)provider.GetRequiredService(type))],
            [.. synthesizers.Select(type => (ISynthesizer)provider.GetRequiredService(type))],
            provider.GetService<IEngineHealth>()));
    }

    static readonly Dictionary<string, Type> KnownRecognizers = new(DeepgramRegistration.Recognizers)
    {
        ["pocketsphinx"] = typeof(PocketSphinxRecognizer),
        ["scripted"] = typeof(ScriptedRecognizer),
        ["openai-transcribe"] = typeof(OpenAITranscription),
    };

    static readonly Dictionary<string, Type> KnownTranslators = new()
    {
        ["phrasebook"] = typeof(PhrasebookTranslator),
        ["apertium"] = typeof(ApertiumTranslator),
        ["scripted"] = typeof(ScriptedTranslator),
        ["openai"] = typeof(OpenAITranslator),
        ["anthropic"] = typeof(AnthropicTranslator),
    };

    static readonly Dictionary<string, Type> KnownSynthesizers = new()
    {
        ["espeak-ng"] = typeof(EspeakSynthesizer),
        ["elevenlabs"] = typeof(ElevenLabsSynthesizer),
        ["scripted"] = typeof(ScriptedSynthesizer),
        ["openai-speech"] = typeof(OpenAISpeech),
    };

    const string NoCloner = "none";

    static readonly Dictionary<string, Type> KnownCloners = new()
    {
        ["elevenlabs"] = typeof(ElevenLabsCloner),
        ["scripted"] = typeof(ScriptedCloner),
    };

    static List<Type> Choose(string setting, Dictionary<string, Type> known, string name, List<string> mistakes)
    {
        var names = EngineOptions.NamesIn(setting);
        if (names.Count == 0)
            mistakes.Add($"{name} names no engine. Known: {string.Join(", ", known.Keys)}.");
        mistakes.AddRange(names.Where(engine => !known.ContainsKey(engine)).Select(engine => $"{name}: there is no engine '{engine}'. Known: {string.Join(", ", known.Keys)}."));
        return [.. names.Where(known.ContainsKey).Select(engine => known[engine])];
    }

    static PhrasebookLibrary ReadPhrasebooks(EngineOptions options)
    {
        try
        {
            return PhrasebookLibrary.Read(options.Phrasebooks.Count > 0 ? options.Phrasebooks : [Path.Combine(ProductFolder.Path, "phrasebooks")]);
        }
        catch (PhrasebookException error)
        {
            throw new SettingsException(error.Mistakes);
        }
    }
}
