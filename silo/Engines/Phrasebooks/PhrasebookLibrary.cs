using System.Collections.Concurrent;

namespace VoiceGrains.Silo.Engines.Phrasebooks;

/// <summary>All phrasebooks that the silo was started with.</summary>
sealed class PhrasebookLibrary(IReadOnlyList<Phrasebook> books)
{
    readonly ConcurrentDictionary<string, PhraseMatcher> _matchers = new();

    public IReadOnlyList<Phrasebook> Books { get; } = books;

    /// <summary>Tags of the languages that sentences are written in.</summary>
    public IReadOnlySet<string> Languages { get; } = books.SelectMany(static book => book.Languages).ToHashSet();

    /// <summary>Reads files and the files named <c>*.phrases</c> of folders. Throws <see cref="PhrasebookException"/> with all mistakes of all files.</summary>
    public static PhrasebookLibrary Read(IEnumerable<string> paths)
    {
        var books = new List<Phrasebook>();
        var mistakes = new List<string>();
        foreach (var file in paths.SelectMany(static path => Directory.Exists(path) ? Directory.GetFiles(path, "*.phrases").Order() : (IEnumerable<string>)[path]))
        {
            try
            {
                books.Add(PhrasebookFile.Read(file));
            }
            catch (PhrasebookException error)
            {
                mistakes.AddRange(error.Mistakes);
            }
        }

        return mistakes.Count == 0 ? new PhrasebookLibrary(books) : throw new PhrasebookException(mistakes);
    }

    /// <summary>The tag under which sentences of a language are found: the whole tag, else its language subtag. Null: none.</summary>
    public string? TagFor(Language language) =>
        Languages.Contains(language.Tag) ? language.Tag : Languages.Contains(language.Primary) ? language.Primary : null;

    /// <summary>Finds sentences of a language, by a tag from <see cref="TagFor"/>.</summary>
    public PhraseMatcher Matcher(string tag) => _matchers.GetOrAdd(tag, key => new PhraseMatcher(key, Books));
}
