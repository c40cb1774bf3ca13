using System.Diagnostics;
using VoiceGrains.Voices;

namespace VoiceGrains.Silo.Engines.EspeakNg;

/// <summary>The voices that this machine's espeak-ng has. The list is asked for once.</summary>
sealed class EspeakVoices
{
    // Recognized best by people and by our own recognizer among espeak-ng's variants.
    const string FemaleVariant = "+f2";
    const string MaleVariant = "+klatt4";

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
    public string? Find(Language language, Gender gender) =>
        CanSpeak && Candidates(language).FirstOrDefault(_names.Contains) is { } name ? name.ToLowerInvariant() + (gender == Gender.Female ? FemaleVariant : MaleVariant) : null;

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
