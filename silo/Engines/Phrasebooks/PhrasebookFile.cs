using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace VoiceGrains.Silo.Engines.Phrasebooks;

/// <summary>A phrasebook file with mistakes: one line for each, with file and line number.</summary>
sealed class PhrasebookException(IReadOnlyList<string> mistakes) : Exception(string.Join('\n', mistakes))
{
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}

/// <summary>Reads a phrasebook file and reports all its mistakes at once.</summary>
sealed partial class PhrasebookFile
{
    const int LongestText = 200;
    const int MostWords = 24;
    const int MostEntries = 5_000;
    const int LongestFile = 2 * 1024 * 1024;

    readonly string _file;
    readonly List<string> _mistakes = [];
    readonly List<(PhraseEntry Entry, int Line)> _phrases = [];
    readonly Dictionary<string, List<PhraseEntry>> _slots = [];
    readonly List<(string Language, PhraseText Text, int Line)> _entry = [];
    string? _slot;

    PhrasebookFile(string file) => _file = file;

    /// <summary>Reads a file. Throws <see cref="PhrasebookException"/>.</summary>
    public static Phrasebook Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new PhrasebookException([$"{path}: no such file."]);
        if (file.Length > LongestFile)
            throw new PhrasebookException([$"{path}: larger than {LongestFile / 1024} KB. Split it into several files."]);
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            return Parse(Path.GetFileName(path), new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            throw new PhrasebookException([$"{path}: not UTF-8. Save it as UTF-8."]);
        }
    }

    /// <summary>Reads text. <paramref name="name"/> stands in the mistakes.</summary>
    public static Phrasebook Parse(string name, string text)
    {
        var reader = new PhrasebookFile(name);
        reader.ReadLines(text);
        reader.CheckSlots();
        if (reader._mistakes.Count > 0)
            throw new PhrasebookException(reader._mistakes);
        return new Phrasebook(
            Path.GetFileNameWithoutExtension(name),
            [.. reader._phrases.Select(static phrase => phrase.Entry)],
            reader._slots.ToImmutableDictionary(static slot => slot.Key, static slot => new Slot(slot.Key, [.. slot.Value])));
    }

    void ReadLines(string text)
    {
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split('\n').Select(static line => line.Trim()))
        {
            number++;
            if (line.StartsWith('#'))
                continue;
            if (line.Length == 0 || line.StartsWith('['))
                EndEntry();
            if (line.StartsWith('['))
                BeginSection(line, number);
            else if (line.Length > 0)
                AddText(line, number);
        }

        EndEntry();
        if (_phrases.Count == 0 && _mistakes.Count == 0)
            Mistake(number, "the file holds no sentences");
    }

    void BeginSection(string line, int number)
    {
        if (line == "[phrases]")
            _slot = null;
        else if (SlotSection().Match(line) is { Success: true } match)
            _slots.TryAdd(_slot = match.Groups[1].Value, []);
        else
            Mistake(number, $"'{Shown(line)}' is no section. Write [phrases] or [slot NAME], the name in lower case letters");
    }

    void AddText(string line, int number)
    {
        var space = line.IndexOfAny([' ', '\t']);
        if (space < 0 || !Language.TryParse(line[..space], out var language))
        {
            Mistake(number, $"'{Shown(space < 0 ? line : line[..space])}' is no language tag. A line is a tag, a space and a text: en  Good morning.");
            return;
        }

        var text = line[space..].Trim();
        if (Flaw(text) is { } flaw)
        {
            Mistake(number, flaw);
            return;
        }

        _entry.Add((language.Tag, new PhraseText(text, PiecesOf(text)), number));
    }

    string? Flaw(string text)
    {
        if (text.Length > LongestText)
            return $"the text has {text.Length} characters; {LongestText} are allowed";
        if (text.Any(static c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format))
            return "the text holds control characters. Remove them";
        if (WithoutSlots(text).AsSpan().ContainsAny('{', '}'))
            return "a brace does not belong to a slot. A slot is written {name} or {name:2}";
        if (_slot is not null && text.Contains('{', StringComparison.Ordinal))
            return "a slot value can't hold a slot";
        if (SlotMark().Matches(text).GroupBy(static slot => slot.Value).FirstOrDefault(static same => same.Count() > 1) is { } twice)
            return $"the slot {twice.Key} stands twice. Number the second one, for example {{name:2}}";
        var words = PhraseWords.Of(WithoutSlots(text)).Count;
        if (words == 0 && !text.Contains('{', StringComparison.Ordinal))
            return "the text holds no words";
        return words > MostWords ? $"the text has {words} words; {MostWords} are allowed, because long sentences are recognized badly" : null;
    }

    void EndEntry()
    {
        if (_entry.Count == 0)
            return;
        var first = _entry[0].Line;
        if (_entry.Select(static text => text.Language).Distinct().Count() < 2)
            Mistake(first, "the sentence stands in one language only. Give at least two, and no blank line between them");
        foreach (var (_, text, line) in _entry.Where(text => !SlotsOf(text.Text).SetEquals(SlotsOf(_entry[0].Text))))
            Mistake(line, $"the slots differ from those in line {first}: each way to say a sentence needs the same slots");

        var entry = new PhraseEntry(_entry
            .GroupBy(static text => text.Language)
            .ToImmutableDictionary(static group => group.Key, static group => group.Select(static text => text.Text).ToImmutableArray()));
        if (_slot is null)
            _phrases.Add((entry, first));
        else
            _slots[_slot].Add(entry);
        if (_phrases.Count == MostEntries + 1)
            Mistake(first, $"more than {MostEntries} sentences. Split the file");
        _entry.Clear();
    }

    void CheckSlots()
    {
        foreach (var (entry, line) in _phrases)
        {
            foreach (var (language, texts) in entry.Texts)
            {
                foreach (var name in texts.SelectMany(static text => text.Pieces).Where(static piece => piece.Slot is not null).Select(static piece => piece.SlotName).Distinct())
                    CheckSlot(name, language, line);
            }
        }
    }

    void CheckSlot(string name, string language, int line)
    {
        if (!_slots.TryGetValue(name, out var values))
            Mistake(line, $"the slot {{{name}}} is not defined. Add a section [slot {name}]");
        else if (values.Count == 0)
            Mistake(line, $"the section [slot {name}] is empty");
        else if (values.Any(value => !value.Texts.ContainsKey(language)))
            Mistake(line, $"the slot {{{name}}} has values without a text in {language}");
    }

    void Mistake(int line, string what) => _mistakes.Add($"{_file}:{line}: {what}.");

    static string Shown(string text) => text.Length > 40 ? string.Concat(text.AsSpan(0, 40), "…") : text;

    static string WithoutSlots(string text) => SlotMark().Replace(text, " ");

    static HashSet<string> SlotsOf(PhraseText text) => [.. text.Pieces.Where(static piece => piece.Slot is not null).Select(static piece => piece.Slot!)];

    static ImmutableArray<PhrasePiece> PiecesOf(string text)
    {
        var pieces = ImmutableArray.CreateBuilder<PhrasePiece>();
        var at = 0;
        foreach (Match slot in SlotMark().Matches(text))
        {
            if (slot.Index > at)
                pieces.Add(new PhrasePiece(text[at..slot.Index], null));
            pieces.Add(new PhrasePiece("", slot.Groups[1].Value));
            at = slot.Index + slot.Length;
        }

        if (at < text.Length)
            pieces.Add(new PhrasePiece(text[at..], null));
        return pieces.ToImmutable();
    }

    [GeneratedRegex(@"^\[slot ([a-z]{1,20})\]$")]
    private static partial Regex SlotSection();

    [GeneratedRegex(@"\{([a-z]{1,20}(?::[2-9])?)\}")]
    private static partial Regex SlotMark();
}
