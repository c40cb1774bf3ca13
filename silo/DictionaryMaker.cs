using System.Globalization;
using System.Text;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.Phrasebooks;
using VoiceGrains.Silo.Engines.PocketSphinx;

namespace VoiceGrains.Silo;

/// <summary>
/// <c>./voicegrains dictionaries</c>: makes the pronunciations of the words in the phrasebooks with espeak-ng, to be committed: recognition then needs no
/// espeak-ng. English words that the English dictionary has are left out.
/// </summary>
static class DictionaryMaker
{
    public static async Task<int> Run(PhrasebookLibrary library, PocketSphinxOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Dictionaries);
        var languages = EngineOptions.NamesIn(options.Languages);
        // Variants of a language share a dictionary.
        foreach (var tags in library.Languages.GroupBy(static tag => Language.Parse(tag).Primary).Where(group => languages.Contains(group.Key)).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            var tag = tags.Key;
            var words = tags.SelectMany(variant => new PhraseGrammar(variant, library.Books).TokenOfWord.Keys).ToHashSet();
            if (tag == "en")
                words.ExceptWith(await EnglishWords(options.EnglishDictionary, cancellationToken));
            var found = await Pronunciations.AskEspeak(tag, [.. words.Order(StringComparer.Ordinal)], cancellationToken);
            if (found.Count < words.Count)
            {
                await output.WriteLineAsync("espeak-ng is not installed: apt-get install -y --no-install-recommends espeak-ng");
                return 1;
            }

            var text = new StringBuilder();
            foreach (var (word, ways) in found)
            {
                for (var i = 0; i < ways.Count; i++)
                    text.Append(CultureInfo.InvariantCulture, $"{word}{(i == 0 ? "" : $"({i + 1})")} {ways[i]}\n");
            }

            var file = Path.Combine(options.Dictionaries, tag + ".dict");
            await File.WriteAllTextAsync(file, text.ToString(), cancellationToken);
            await output.WriteLineAsync($"{Path.GetFileName(file)}: {found.Count} words");
        }

        return 0;
    }

    static async Task<HashSet<string>> EnglishWords(string file, CancellationToken cancellationToken)
    {
        var words = new HashSet<string>();
        await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
            words.Add(line.Split(' ', 2)[0]);
        return words;
    }
}
