using VoiceGrains.Engines;
using VoiceGrains.Engines.Health;
using VoiceGrains.Silo.Engines.Anthropic;
using VoiceGrains.Silo.Engines.Apertium;
using VoiceGrains.Silo.Engines.Deepgram;
using VoiceGrains.Silo.Engines.ElevenLabs;
using VoiceGrains.Silo.Engines.EspeakNg;
using VoiceGrains.Silo.Engines.OpenAI;
using VoiceGrains.Silo.Engines.Phrasebooks;
using VoiceGrains.Silo.Engines.PocketSphinx;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Silo.Engines.Vendors;

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
        var mistakes = new List<string>();
        services.AddVoiceEngines(configuration, mistakes);
        return mistakes.Count == 0 ? services : throw new SettingsException(mistakes);
    }

    /// <summary>The same, with a line in <paramref name="mistakes"/> for each one. Engines without a mistake can be had then too, but not the set.</summary>
    public static void AddVoiceEngines(this IServiceCollection services, IConfiguration configuration, List<string> mistakes)
    {
        var options = VendorSettings.Read<EngineOptions>(configuration, "Engines", mistakes);
        var sphinx = VendorSettings.Read<PocketSphinxOptions>(configuration, "Engines:PocketSphinx", mistakes);
        if (!Path.IsPathRooted(sphinx.Dictionaries))
            sphinx.Dictionaries = Path.Combine(ProductFolder.Path, sphinx.Dictionaries);

        services.AddSingleton(VendorSettings.Read<EspeakOptions>(configuration, "Engines:EspeakNg", mistakes));
        services.AddSingleton(VendorSettings.Read<ApertiumOptions>(configuration, "Engines:Apertium", mistakes));
        services.AddSingleton(VendorSettings.Read<ScriptedOptions>(configuration, "Scripted", mistakes));
        services.AddSingleton(new BreakerRules(options.BreakerFailures));
        services.AddSingleton(sphinx).AddSingleton(options).AddSingleton(ReadPhrasebooks(options, mistakes));
        services.AddSingleton<LanguageModels>().AddSingleton<DecoderPool>().AddSingleton<EspeakVoices>().AddSingleton<ApertiumModes>();
        services.AddSingleton<PocketSphinxRecognizer>().AddSingleton<PhrasebookTranslator>().AddSingleton<ApertiumTranslator>();
        services.AddSingleton<EspeakSynthesizer>().AddSingleton<ScriptedRecognizer>().AddSingleton<ScriptedTranslator>().AddSingleton<ScriptedSynthesizer>();

        var recognizers = Choose(options.Recognizers, KnownRecognizers, "Engines:Recognizers", mistakes);
        var translators = Choose(options.Translators, KnownTranslators, "Engines:Translators", mistakes);
        var synthesizers = Choose(options.Synthesizers, KnownSynthesizers, "Engines:Synthesizers", mistakes);
        services.AddDeepgram(configuration, EngineOptions.NamesIn(options.Recognizers), mistakes);
        List<Type> chosen = [.. recognizers, .. translators, .. synthesizers];
        services.AddOpenAI(configuration, chosen.Any(OpenAIRegistration.Engines.Contains), mistakes);
        services.AddAnthropic(configuration, chosen.Contains(typeof(AnthropicTranslator)), mistakes);
        services.AddElevenLabs(configuration, synthesizers.Contains(typeof(ElevenLabsSynthesizer)) || options.Cloner == "elevenlabs", mistakes);
        if (options.BreakerFailures is < 1 or > 1_000)
            mistakes.Add("Engines:BreakerFailures must be from 1 to 1000.");
        if (options.Cloner != NoCloner && !KnownCloners.ContainsKey(options.Cloner))
            mistakes.Add($"Engines:Cloner: there is no engine '{options.Cloner}'. Known: {NoCloner}, {string.Join(", ", KnownCloners.Keys)}.");
        else if (options.Cloner != NoCloner && !EngineOptions.NamesIn(options.Synthesizers).Contains(options.Cloner))
            mistakes.Add($"Engines:Cloner is {options.Cloner}, but nobody could speak with its voices. Add {options.Cloner} to Engines:Synthesizers, at the end if others shall usually speak, or set Engines:Cloner to {NoCloner}.");
        if (KnownCloners.TryGetValue(options.Cloner, out var cloner))
            services.AddSingleton(provider => (IVoiceCloner)ActivatorUtilities.GetServiceOrCreateInstance(provider, cloner));
        services.AddSingleton(provider => new EngineSet(
            [.. recognizers.Select(type => (IRecognizer)provider.GetRequiredService(type))],
            [.. translators.Select(type => (ITranslator)provider.GetRequiredService(type))],
            [.. synthesizers.Select(type => (ISynthesizer)provider.GetRequiredService(type))],
            provider.GetService<IEngineHealth>())
        {
            Speech = new SpeechRules(options.CatchUp, options.Foresee),
        });
    }

    internal static readonly Dictionary<string, Type> KnownRecognizers = new(DeepgramRegistration.Recognizers)
    {
        ["pocketsphinx"] = typeof(PocketSphinxRecognizer),
        ["scripted"] = typeof(ScriptedRecognizer),
        ["openai-transcribe"] = typeof(OpenAITranscription),
    };

    internal static readonly Dictionary<string, Type> KnownTranslators = new()
    {
        ["phrasebook"] = typeof(PhrasebookTranslator),
        ["apertium"] = typeof(ApertiumTranslator),
        ["scripted"] = typeof(ScriptedTranslator),
        ["openai"] = typeof(OpenAITranslator),
        ["anthropic"] = typeof(AnthropicTranslator),
    };

    internal static readonly Dictionary<string, Type> KnownSynthesizers = new()
    {
        ["espeak-ng"] = typeof(EspeakSynthesizer),
        ["elevenlabs"] = typeof(ElevenLabsSynthesizer),
        ["scripted"] = typeof(ScriptedSynthesizer),
        ["openai-speech"] = typeof(OpenAISpeech),
    };

    internal const string NoCloner = "none";

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
        mistakes.AddRange(names.CountBy(static engine => engine).Where(static engine => engine.Value > 1).Select(engine => $"{name} names {engine.Key} more than once. Name it once."));
        return [.. names.Where(known.ContainsKey).Select(engine => known[engine])];
    }

    static PhrasebookLibrary ReadPhrasebooks(EngineOptions options, List<string> mistakes)
    {
        try
        {
            return PhrasebookLibrary.Read(options.Phrasebooks.Count > 0 ? options.Phrasebooks : [Path.Combine(ProductFolder.Path, "phrasebooks")]);
        }
        catch (PhrasebookException error)
        {
            mistakes.AddRange(error.Mistakes);
            return new PhrasebookLibrary([]);
        }
    }
}
