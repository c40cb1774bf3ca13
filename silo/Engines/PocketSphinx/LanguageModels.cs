using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using VoiceGrains.Silo.Engines.Phrasebooks;

namespace VoiceGrains.Silo.Engines.PocketSphinx;

/// <summary>Makes the models of the languages in the phrasebooks, each once.</summary>
sealed partial class LanguageModels(
    PocketSphinxOptions options, PhrasebookLibrary library, ILogger<LanguageModels> logger) : IDisposable
{
    // Few ways may be given up early: sounds of other languages are far from the English model, and in a large grammar even English sentences are
    // lost with the default beams. Measured with recorded prompts: Spanish 81 of 83 instead of 61, English 82 instead of 81, for 1.5 times the work.
    static readonly string[] WideBeams = ["-beam", "1e-100", "-wbeam", "1e-80", "-pbeam", "1e-100", "-maxhmmpf", "-1"];

    readonly IReadOnlyList<string> _languages = EngineOptions.NamesIn(options.Languages);
    readonly ConcurrentDictionary<string, Task<LanguageModel>> _models = new();
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voicegrains-");

    /// <summary>The tag of the sentences to recognize for a language; null if it can't be recognized.</summary>
    public string? TagFor(Language language) =>
        Native.IsInstalled && Directory.Exists(options.AcousticModel) && _languages.Contains(language.Primary) ? library.TagFor(language) : null;

    /// <summary>The model of a tag. One that could not be made is tried anew for the next who asks.</summary>
    public Task<LanguageModel> For(string tag)
    {
        var model = _models.GetOrAdd(tag, Make);
        if (model.IsFaulted || model.IsCanceled)
            _models.TryRemove(new KeyValuePair<string, Task<LanguageModel>>(tag, model));
        return model;
    }

    /// <summary>Tags of all languages that can be recognized.</summary>
    public IEnumerable<string> Tags => library.Languages.Where(tag => TagFor(Language.Parse(tag)) is not null).Order(StringComparer.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);

    async Task<LanguageModel> Make(string tag)
    {
        if (options.OpenVocabulary && tag == "en")
            return Open(tag);

        var grammar = new PhraseGrammar(tag, library.Books);
        var ways = await new Pronunciations(options.Dictionaries, options.EnglishDictionary)
            .Find(Language.Parse(tag).Primary, [.. grammar.TokenOfWord.Keys], CancellationToken.None);
        var unknown = grammar.TokenOfWord.Keys.Where(word => !ways.ContainsKey(word)).ToList();
        if (unknown.Count > 0)
            LogUnknownWords(unknown.Count, tag);

        var file = Path.Combine(_folder.FullName, tag + ".dict");
        var lines = new StringBuilder();
        foreach (var (word, token) in grammar.TokenOfWord)
        {
            var number = 0;
            // A word without a pronunciation keeps its place in the grammar with a sound that is not heard in speech, so that its sentence is never found.
            foreach (var way in ways.GetValueOrDefault(word, ["ZH OY ZH OY ZH"]))
                lines.Append(CultureInfo.InvariantCulture, $"{token}{(number++ == 0 ? "" : $"({number})")} {way}\n");
        }

        await File.WriteAllTextAsync(file, lines.ToString());
        var phones = grammar.TokenOfWord.ToDictionary(
            static word => word.Value, word => ways.GetValueOrDefault(word.Key, ["ZH OY ZH OY ZH"])[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        var isEnglish = Language.Parse(tag).Primary == "en";
        return new LanguageModel(
            tag,
            ["-hmm", options.AcousticModel, "-dict", file, "-logfn", "/dev/null", "-remove_silence", "no", .. WideBeams],
            grammar.Text,
            LanguageModelFile: null,
            isEnglish ? options.WorstEnglishScore : options.WorstScore,
            grammar.Shown,
            phones);
    }

    LanguageModel Open(string tag) => new(
        tag,
        ["-hmm", options.AcousticModel, "-dict", options.EnglishDictionary, "-logfn", "/dev/null", "-remove_silence", "no"],
        Grammar: null,
        Path.Combine(Path.GetDirectoryName(options.AcousticModel.TrimEnd('/'))!, "en-us.lm.bin"),
        double.NegativeInfinity,
        System.Collections.Immutable.ImmutableDictionary<string, ShownWord>.Empty,
        new Dictionary<string, int>());

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "{Count} words of the phrasebooks in {Language} have no pronunciation, so their sentences can't be recognized. Install espeak-ng, or run ./voicegrains dictionaries.")]
    partial void LogUnknownWords(int count, string language);
}
