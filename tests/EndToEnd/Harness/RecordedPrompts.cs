using System.Text;
using VoiceGrains.Audio;
using VoiceGrains.Silo.Engines.Phrasebooks;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Harness;

/// <summary>A sentence that professionals recorded in two languages.</summary>
sealed record Prompt(string Key, string English, string Spanish)
{
    public string Text(string language) => language == "en" ? English : Spanish;
}

/// <summary>
/// The voice prompts of Debian's asterisk-core-sounds-en and -es: recordings (8 kHz) and their texts, by the same keys. <c>./voicegrains test</c> installs
/// them; nothing of them is kept here.
/// </summary>
static class RecordedPrompts
{
    const string Sounds = "/usr/share/asterisk/sounds";

    /// <summary>Short whole sentences that both languages have, each text once.</summary>
    public static IReadOnlyList<Prompt> Read()
    {
        var english = Texts("en");
        var spanish = Texts("es");
        return
        [
            .. english.Keys.Where(spanish.ContainsKey).Order(StringComparer.Ordinal)
                .Select(key => new Prompt(key, english[key], spanish[key]))
                .Where(static prompt => File.Exists(Recording(prompt, "en")) && File.Exists(Recording(prompt, "es")))
                .DistinctBy(static prompt => string.Join(' ', PhraseWords.Of(prompt.English)))
                .DistinctBy(static prompt => string.Join(' ', PhraseWords.Of(prompt.Spanish))),
        ];
    }

    /// <summary>The recording: PCM, 16 bit, mono, 8 kHz.</summary>
    public static byte[] Audio(Prompt prompt, string language)
    {
        var (format, audio) = WavFile.Read(Recording(prompt, language));
        Assert.Equal("pcm8", format.Name);
        return audio;
    }

    /// <summary>A phrasebook with these sentences.</summary>
    public static string WritePhrasebook(IEnumerable<Prompt> prompts)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("prompts-").FullName, "prompts.phrases");
        File.WriteAllText(file, "[phrases]\n" + string.Join('\n', prompts.Select(static prompt => $"en  {prompt.English}\nes  {prompt.Spanish}\n")), new UTF8Encoding(false));
        return file;
    }

    static string Recording(Prompt prompt, string language) =>
        Path.Combine(Sounds, language == "en" ? "en_US_f_Allison" : "es_MX_f_Allison", prompt.Key + ".wav");

    static Dictionary<string, string> Texts(string language)
    {
        var file = Repository.File(".run", "prompts", language + ".txt");
        Assert.True(File.Exists(file), $"{file} is missing: ./voicegrains test gets it.");
        return File.ReadLines(file)
            .Select(static line => line.Split(": ", 2))
            .Where(static parts => parts.Length == 2 && !parts[0].StartsWith(';') && IsWholeSentence(parts[1].Trim()))
            .GroupBy(static parts => parts[0])
            .ToDictionary(static group => group.Key, static group => group.First()[1].Trim());
    }

    // No fragments of two words, and nothing that is spelled.
    static bool IsWholeSentence(string text) =>
        PhraseWords.Of(text) is { Count: >= 3 and <= 12 } words
        && words.All(static word => word.Length > 1 || word is "a" or "i" or "y" or "o")
        && !text.Any(static c => char.IsDigit(c) || c is '[' or ']' or '(' or ')' or '<' or '>' or '{' or '}')
        && !text.TrimEnd('.', '!', '?').AsSpan().ContainsAny('.', '!', '?');
}
