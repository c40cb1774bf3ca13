using VoiceGrains.Audio;
using VoiceGrains.Engines;
using VoiceGrains.Gateway.Ops;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.Apertium;
using VoiceGrains.Silo.Engines.EspeakNg;
using VoiceGrains.Silo.Engines.PocketSphinx;
using VoiceGrains.Silo.Hosting;

namespace VoiceGrains.Silo;

/// <summary>
/// <c>./voicegrains doctor</c>: for each stage which engines are used, in which order and for which languages, what is missing and how to get it. Shows names of
/// settings, never a key.
/// </summary>
sealed class Doctor(IServiceProvider services, IConfiguration configuration, IReadOnlyList<string> mistakes, TextWriter output)
{
    static readonly Language[] Languages = [.. ((string[])["en", "es", "fr", "de", "it", "pt", "ar"]).Select(Language.Parse)];

    readonly EngineOptions _options = services.GetRequiredService<EngineOptions>();
    readonly SortedSet<string> _packages = new(StringComparer.Ordinal);

    /// <summary>Returns 0 when no setting is wrong and nothing is missing.</summary>
    public int Run()
    {
        output.WriteLine($"grains        {GrainRuntimeHosting.Runtime}");
        var database = configuration.GetConnectionString("Database") is null ? "memory (nothing survives a restart; set ConnectionStrings:Database)" : "PostgreSQL";
        output.WriteLine($"storage       {database}");
        Recognizers();
        Translators();
        Synthesizers();
        Cloner();
        output.WriteLine($"sample rates  {(Resampler.IsAvailable ? "libspeexdsp: 8, 16, 24, 48 kHz" : "16 kHz only")}");
        if (!Resampler.IsAvailable)
            _packages.Add("libspeexdsp1");
        output.WriteLine($"dashboard     {DashboardOf(configuration.GetSection("Ops").Get<OpsOptions>() ?? new OpsOptions())}");
        foreach (var vendor in VendorKey.Variables)
            UnusedKey(vendor.Key, vendor.Value);
        return Conclude();
    }

    static string DashboardOf(OpsOptions options) => options.Read(out var mistake) is not null
        ? "/ops, with the token of Ops:Token or Ops:TokenFile"
        : mistake is null ? "off: set Ops:Token or Ops:TokenFile (openssl rand -base64 30) to get it at /ops" : "off, see below";

    int Conclude()
    {
        if (_packages.Count > 0)
            output.WriteLine($"\nMissing. Get it with:\n  apt-get install -y --no-install-recommends {string.Join(' ', _packages)}");
        if (mistakes.Count > 0)
            output.WriteLine($"\nWrong or missing settings. Set them in the environment or in .env, where : in a name is written __ :\n  {string.Join("\n  ", mistakes)}");
        if (_packages.Count > 0 || mistakes.Count > 0)
            return 1;
        output.WriteLine("Everything is there.");
        return 0;
    }

    void Recognizers()
    {
        Stage<IRecognizer>("recognizer", "Engines:Recognizers", _options.Recognizers, EngineRegistration.KnownRecognizers, static engine => Named(engine.Knows));
        if (!EngineOptions.NamesIn(_options.Recognizers).Contains("pocketsphinx"))
            return;
        var sphinx = services.GetRequiredService<PocketSphinxOptions>();
        if (!Native.IsInstalled)
            _packages.Add("libpocketsphinx3");
        if (!Directory.Exists(sphinx.AcousticModel))
            _packages.Add("pocketsphinx-en-us");
        output.WriteLine(sphinx.OpenVocabulary
            ? "              pocketsphinx: English by open vocabulary, rough"
            : "              pocketsphinx: sentences of the phrasebooks; other speech is reported as not understood");
    }

    void Translators()
    {
        Stage<ITranslator>(
            "translator", "Engines:Translators", _options.Translators, EngineRegistration.KnownTranslators, static engine => [.. Pairs.Where(pair => engine.Knows(pair.From, pair.To)).Select(Shown)]);
        if (EngineOptions.NamesIn(_options.Translators).Contains("apertium")
            && services.GetRequiredService<ApertiumModes>().Find(Languages[0], Languages[1]) is null)
            _packages.UnionWith(["apertium", "apertium-eng-spa"]);
    }

    void Synthesizers()
    {
        Stage<ISynthesizer>("synthesizer", "Engines:Synthesizers", _options.Synthesizers, EngineRegistration.KnownSynthesizers, static engine => Named(engine.Speaks));
        if (EngineOptions.NamesIn(_options.Synthesizers).Contains("espeak-ng") && !services.GetRequiredService<EspeakVoices>().IsInstalled)
            _packages.Add("espeak-ng");
    }

    void Cloner()
    {
        output.WriteLine($"cloner        Engines:Cloner = {_options.Cloner}");
        output.WriteLine(_options.Cloner == EngineRegistration.NoCloner
            ? "              nobody gets a voice of their own"
            : mistakes.Any(static mistake => mistake.StartsWith("Engines:Cloner", StringComparison.Ordinal)) || IsWrong(_options.Cloner)
                ? $"              {_options.Cloner}: can't be used, see below"
                : $"              {_options.Cloner} makes voices of recordings, which the synthesizer {_options.Cloner} speaks with wherever it stands in the order");
    }

    void Stage<TEngine>(string stage, string setting, string chosen, IReadOnlyDictionary<string, Type> known, Func<TEngine, IReadOnlyList<string>> knows)
        where TEngine : class
    {
        output.WriteLine($"{stage,-13} {setting} = {chosen}");
        var engines = EngineOptions.NamesIn(chosen).Distinct()
            .Select(name => new PlacedEngine(name, known.TryGetValue(name, out var type) && !IsWrong(name) && services.GetService(type) is TEngine engine ? knows(engine) : null));
        var all = stage == "translator" ? Pairs.Select(Shown) : Languages.Select(static language => language.Tag);
        foreach (var line in StageOrder.Lines([.. engines], [.. all]))
            output.WriteLine($"              {line}");
    }

    // An engine whose section holds a mistake may not even stand its own settings.
    bool IsWrong(string engine) =>
        VendorKey.Variables.Keys.FirstOrDefault(vendor => IsOf(vendor, engine)) is { } vendor && mistakes.Any(mistake => mistake.Contains($"Engines:{vendor}:", StringComparison.Ordinal));

    void UnusedKey(string vendor, string variable)
    {
        var engines = (IEnumerable<string>)[_options.Recognizers, _options.Translators, _options.Synthesizers, _options.Cloner];
        if (engines.SelectMany(EngineOptions.NamesIn).Any(engine => IsOf(vendor, engine))
            || VendorKey.Places(vendor, variable).FirstOrDefault(place => !string.IsNullOrWhiteSpace(configuration[place.Name])).Name is not { } set)
            return;
        var stages = (IEnumerable<(string Setting, IEnumerable<string> Engines)>)
        [
            ("Engines:Recognizers", EngineRegistration.KnownRecognizers.Keys),
            ("Engines:Translators", EngineRegistration.KnownTranslators.Keys),
            ("Engines:Synthesizers", EngineRegistration.KnownSynthesizers.Keys),
        ];
        var uses = stages.SelectMany(stage => stage.Engines.Where(engine => IsOf(vendor, engine)).Select(engine => $"{engine} in {stage.Setting}"));
        output.WriteLine($"unused        {set} is set, but no engine of {vendor} is chosen. Name one: {string.Join(", ", uses)}");
    }

    static IEnumerable<(Language From, Language To)> Pairs => Languages.SelectMany(static from => Languages.Where(to => to != from).Select(to => (from, to)));

    static string Shown((Language From, Language To) pair) => $"{pair.From}-{pair.To}";

    static IReadOnlyList<string> Named(Func<Language, bool> knows) => [.. Languages.Where(knows).Select(static language => language.Tag)];

    static bool IsOf(string vendor, string engine) => engine.StartsWith(vendor, StringComparison.OrdinalIgnoreCase);
}
