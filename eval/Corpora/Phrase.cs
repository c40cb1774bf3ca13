using System.Collections.Immutable;
using System.Globalization;

namespace VoiceGrains.Eval.Corpora;

/// <summary>
/// A piece of English with its translations. Written as <c>next week | la@2 semana@2 próxima@1 | nächste@1 Woche@2 | 来週@2</c>: Spanish, German, Japanese, and behind
/// each word the number of the English word that it stands for.
/// </summary>
sealed record Phrase(ImmutableArray<string> Words, ImmutableArray<ImmutableArray<TargetToken>> InAllTargets)
{
    public static Phrase Parse(string line)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        return parts.Length == 1 + Targets.All.Length
            ? new Phrase([.. parts[0].Split(' ')], [.. parts.Skip(1).Select(Tokens)])
            : throw new FormatException($"'{line}' does not have {Targets.All.Length} translations.");
    }

    public static ImmutableArray<Phrase> ParseAll(string lines) => [.. lines.Split('\n').Where(static line => line.Contains('|', StringComparison.Ordinal)).Select(Parse)];

    /// <summary>The tokens when the phrase begins at a word of the utterance.</summary>
    public IEnumerable<TargetToken> Tokens(Language to, int at) =>
        InAllTargets[Targets.All.IndexOf(to)].Select(token => token with { Source = token.Source + at });

    static ImmutableArray<TargetToken> Tokens(string text) => [.. text.Split(' ').Select(static word =>
    {
        var at = word.IndexOf('@', StringComparison.Ordinal);
        return new TargetToken(word[..at], int.Parse(word.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture) - 1);
    })];
}
