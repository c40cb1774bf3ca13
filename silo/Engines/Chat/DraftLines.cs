using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Chat;

/// <summary>
/// Reads a draft as a chat model writes it: lines of the form <c>k|text</c>, in pieces that end anywhere. A line that has another form loses none of its text:
/// it needs all words.
/// </summary>
sealed partial class DraftLines(int words)
{
    const string Nothing = "-";

    readonly StringBuilder _line = new();
    int _needs = 1;

    /// <summary>More of the answer: what its lines that are over hold.</summary>
    public IEnumerable<DraftFragment> Take(string piece)
    {
        foreach (var letter in piece)
        {
            if (letter != '\n')
                _line.Append(letter);
            else if (End() is { } fragment)
                yield return fragment;
        }
    }

    /// <summary>The answer is whole: what its last line holds, which needs no end. Null: nothing.</summary>
    public DraftFragment? End()
    {
        var line = _line.ToString();
        _line.Clear();
        return Read(line);
    }

    DraftFragment? Read(string line)
    {
        // Models like to fence what is not prose.
        if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            return null;
        var bar = line.IndexOf('|', StringComparison.Ordinal);
        // Letters before a bar may be speech; anything else there was meant as a number.
        var hasTag = bar >= 0 && !line.Take(bar).Any(char.IsLetter);
        var rest = hasTag ? line[(bar + 1)..] : line;
        var text = FurtherTags().Replace(rest, " ").Trim();
        if (text is "" or Nothing)
            return null;
        var isGood = hasTag && !rest.Contains('|', StringComparison.Ordinal);
        _needs = isGood && TryReadTag(line.AsSpan(0, bar).Trim(), out var needs) ? needs : words;
        return new DraftFragment(_needs, text);
    }

    bool TryReadTag(ReadOnlySpan<char> tag, out int needs) =>
        int.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out needs) && needs >= _needs && needs <= words;

    // Lines that a model ran together. Nobody says a bar.
    [GeneratedRegex(@"\s*[0-9]*\|\s*")]
    private static partial Regex FurtherTags();
}
