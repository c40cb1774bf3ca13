using VoiceGrains.Audio;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.Apertium;
using VoiceGrains.Silo.Engines.EspeakNg;
using VoiceGrains.Silo.Engines.PocketSphinx;
using VoiceGrains.Silo.Hosting;

namespace VoiceGrains.Silo;

/// <summary><c>./voicegrains doctor</c>: for each stage which engine is used, for which languages, what is missing and how to get it.</summary>
static class Doctor
{
    static readonly string[] Languages = ["en", "es", "fr", "de", "it", "pt", "ar"];

    /// <summary>Returns 0 when every stage works for at least English and Spanish.</summary>
    public static int Run(IServiceProvider services, IConfiguration configuration, TextWriter output)
    {
        var engines = services.GetRequiredService<EngineSet>();
        var missing = new List<string>();
        output.WriteLine($"grains        {GrainRuntimeHosting.Runtime}");
        var database = configuration.GetConnectionString("Database") is null ? "memory (nothing survives a restart; set ConnectionStrings:Database)" : "PostgreSQL";
        output.WriteLine($"storage       {database}");
        Recognizers(services, engines, output, missing);
        Translators(services, engines, output, missing);
        Synthesizers(services, engines, output, missing);
        output.WriteLine($"sample rates  {(Resampler.IsAvailable ? "libspeexdsp: 8, 16, 24, 48 kHz" : "16 kHz only")}");
        if (!Resampler.IsAvailable)
            missing.Add("libspeexdsp1");
        if (missing.Count == 0)
        {
            output.WriteLine("Everything is there.");
            return 0;
        }

        output.WriteLine($"Missing. Get it with:\n  apt-get install -y --no-install-recommends {string.Join(' ', missing.Distinct())}");
        return 1;
    }

    static void Recognizers(IServiceProvider services, EngineSet engines, TextWriter output, List<string> missing)
    {
        foreach (var engine in engines.Recognizers)
            output.WriteLine($"recognizer    {engine.Name}: {Known(language => engine.Knows(language), "nothing")}");
        var options = services.GetRequiredService<PocketSphinxOptions>();
        if (!engines.Recognizers.OfType<PocketSphinxRecognizer>().Any())
            return;
        if (!Native.IsInstalled)
            missing.Add("libpocketsphinx3");
        if (!Directory.Exists(options.AcousticModel))
            missing.Add("pocketsphinx-en-us");
        output.WriteLine(options.OpenVocabulary
            ? "              English by open vocabulary: rough"
            : "              sentences of the phrasebooks; other speech is reported as not understood");
    }

    static void Translators(IServiceProvider services, EngineSet engines, TextWriter output, List<string> missing)
    {
        foreach (var engine in engines.Translators)
        {
            var pairs = Languages.SelectMany(from => Languages.Where(to => from != to && engine.Knows(Language.Parse(from), Language.Parse(to)))
                .Select(to => $"{from}-{to}")).ToList();
            output.WriteLine($"translator    {engine.Name}: {(pairs.Count > 12 ? $"{pairs.Count} pairs" : pairs.Count == 0 ? "nothing" : string.Join(' ', pairs))}");
        }

        var modes = services.GetRequiredService<ApertiumModes>();
        if (engines.Translators.OfType<ApertiumTranslator>().Any() && modes.Find(Language.Parse("en"), Language.Parse("es")) is null)
            missing.AddRange(["apertium", "apertium-eng-spa"]);
    }

    static void Synthesizers(IServiceProvider services, EngineSet engines, TextWriter output, List<string> missing)
    {
        foreach (var engine in engines.Synthesizers)
            output.WriteLine($"synthesizer   {engine.Name}: {Known(language => engine.Speaks(language), "nothing")}");
        if (engines.Synthesizers.OfType<EspeakSynthesizer>().Any() && !services.GetRequiredService<EspeakVoices>().IsInstalled)
            missing.Add("espeak-ng");
    }

    static string Known(Func<Language, bool> knows, string none)
    {
        var known = Languages.Where(language => knows(Language.Parse(language))).ToList();
        return known.Count == 0 ? none : string.Join(' ', known);
    }
}
