using System.Diagnostics;
using VoiceGrains.Voices;

namespace VoiceGrains.Silo.Engines.EspeakNg;

/// <summary>The voices that this machine's espeak-ng has. The list is asked for once.</summary>
sealed class EspeakVoices
{
    const int UsualPitch = 50;

    // The first two are recognized best by people and by our own recognizer among espeak-ng's variants.
    static readonly Dictionary<string, (string Variant, int Pitch)> Stock = new()
    {
        ["stock-female"] = ("+f2", UsualPitch),
        ["stock-male"] = ("+klatt4", UsualPitch),
        ["stock-female-young"] = ("+f5", 70),
        ["stock-male-deep"] = ("+m7", 25),
        ["stock-neutral"] = ("+f4", 30),
    };

    readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public EspeakVoices(EspeakOptions options)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(options.Program, ["--voices"]) { RedirectStandardOutput = true })!;
            foreach (var line in process.StandardOutput.ReadToEnd().Split('\n').Skip(1))
            {
                if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var language, ..])
                    _names.Add(language);
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Not installed: no voices, captions only. doctor says so.
        }
    }

    public bool IsInstalled => _names.Count > 0;

    bool CanSpeak => IsInstalled && Audio.Resampler.IsAvailable;

    /// <summary>What to pass as <c>-v</c>; null if no voice speaks the language.</summary>
    public string? Find(Voice voice) =>
        CanSpeak && Candidates(voice.Language).FirstOrDefault(_names.Contains) is { } name ? name.ToLowerInvariant() + StockOf(voice).Variant : null;

    /// <summary>What to pass as <c>-p</c>.</summary>
    public static int PitchOf(Voice voice) => StockOf(voice).Pitch;

    // Of somebody's own profile only the gender is known here.
    static (string Variant, int Pitch) StockOf(Voice voice) => Stock.TryGetValue(voice.Profile, out var stock) ? stock
        : Stock[voice.Gender == Gender.Female ? "stock-female" : "stock-male"];

    static IEnumerable<string> Candidates(Language language)
    {
        yield return language.Tag;
        if (language.Primary == "en")
            yield return "en-us";
        yield return language.Primary;
        yield return $"{language.Primary}-{language.Primary}";
        if (language.Primary == "zh")
            yield return "cmn";
        if (language.Primary == "no")
            yield return "nb";
    }
}
