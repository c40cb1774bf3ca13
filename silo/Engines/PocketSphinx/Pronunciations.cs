using System.Diagnostics;
using System.Text;

namespace VoiceGrains.Silo.Engines.PocketSphinx;

/// <summary>
/// Where the pronunciation of a word comes from, in this order: the dictionary that comes with the English model, the dictionaries of this
/// product (made by <c>./voicegrains dictionaries</c>), and espeak-ng, if it is installed.
/// </summary>
sealed class Pronunciations(string folder, string? englishDictionary)
{
    static readonly TimeSpan EspeakLimit = TimeSpan.FromSeconds(30);

    /// <summary>Finds the ways to say each word. Words that nobody knows are left out.</summary>
    public async Task<Dictionary<string, IReadOnlyList<string>>> Find(string language, IReadOnlyCollection<string> words, CancellationToken cancellationToken)
    {
        var wanted = words.ToHashSet();
        var found = new Dictionary<string, IReadOnlyList<string>>();
        var files = new[] { language == "en" ? englishDictionary : null, Path.Combine(folder, language + ".dict") };
        foreach (var file in files.OfType<string>().Where(File.Exists))
            await ReadDictionary(file, wanted, found, cancellationToken);
        var missing = wanted.Where(word => !found.ContainsKey(word)).Order(StringComparer.Ordinal).ToList();
        foreach (var (word, ways) in await AskEspeak(language, missing, cancellationToken))
            found[word] = ways;
        return found;
    }

    /// <summary>Asks espeak-ng for words. Empty if it is not installed.</summary>
    public static async Task<List<(string Word, IReadOnlyList<string> Ways)>> AskEspeak(
        string language, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        if (words.Count == 0)
            return [];
        // One sentence for each word: espeak-ng answers each with a line of its own.
        var lines = await Espeak(language, string.Join('\n', words.Select(static word => word + ".")), cancellationToken);
        if (lines is null)
            return [];
        if (lines.Count == words.Count)
            return [.. words.Zip(lines, static (word, ipa) => (word, Phonemes.Ways(ipa)))];

        // A word that is read as two sentences shifts the lines: ask one by one then.
        var answers = new List<(string, IReadOnlyList<string>)>();
        foreach (var word in words)
        {
            if (string.Join('_', await Espeak(language, word, cancellationToken) ?? []) is { Length: > 0 } ipa)
                answers.Add((word, Phonemes.Ways(ipa)));
        }

        return answers;
    }

    static async Task ReadDictionary(
        string file, HashSet<string> wanted, Dictionary<string, IReadOnlyList<string>> found, CancellationToken cancellationToken)
    {
        await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space <= 0)
                continue;
            var word = line[..space];
            if (word.IndexOf('(', StringComparison.Ordinal) is > 0 and var mark)
                word = word[..mark];
            if (wanted.Contains(word))
                found[word] = [.. found.GetValueOrDefault(word, []), line[(space + 1)..].Trim()];
        }
    }

    static async Task<List<string>?> Espeak(string language, string text, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(EspeakLimit);
        var start = new ProcessStartInfo("espeak-ng", ["-v", language, "-q", "--ipa", "--sep=_", "--stdin"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        try
        {
            using var process = Process.Start(start)!;
            var answer = process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.StandardInput.WriteAsync(text.AsMemory(), limit.Token);
            process.StandardInput.Close();
            var lines = (await answer).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            await process.WaitForExitAsync(limit.Token);
            return [.. lines];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // Not installed: the dictionaries have to do.
        }
    }
}
