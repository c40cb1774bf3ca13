using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace VoiceGrains;

/// <summary>A language tag after BCP 47 (RFC 5646): language, and optionally script, region and variants, in canonical letter case.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.Language")]
public readonly partial record struct Language
{
    Language(string tag) => Tag = tag;

    /// <summary>The whole tag, for example <c>en</c>, <c>pt-BR</c>, <c>zh-Hant-TW</c>.</summary>
    [Id(0)]
    public string Tag { get; init; }

    /// <summary>The language subtag alone: what engines choose by, and what makes two people understand each other.</summary>
    public string Primary => Tag is null ? "" : Tag.IndexOf('-', StringComparison.Ordinal) is > 0 and var end ? Tag[..end] : Tag;

    /// <summary>Whether the script is written from right to left.</summary>
    public bool IsRightToLeft => Primary is "ar" or "fa" or "he" or "ur" or "yi" or "ps" or "dv" or "ckb" or "ug" or "sd";

    /// <summary>Parses a tag. Extensions and private use subtags are not taken: no engine knows them.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Language language)
    {
        language = default;
        if (text is null || text.Length > 35 || !Shape().IsMatch(text))
            return false;
        language = new Language(string.Join('-', text.Split('-').Select(InCanonicalCase)));
        return true;
    }

    /// <summary>Parses a tag that is known to be right. Throws <see cref="FormatException"/> otherwise.</summary>
    public static Language Parse(string text) => TryParse(text, out var language)
        ? language
        : throw new FormatException($"'{text}' is no language tag. Use BCP 47, for example en, pt-BR or zh-Hant.");

    /// <summary>Whether speakers of the two understand each other without translation: the language subtags are the same.</summary>
    public bool IsSpokenLike(Language other) => Primary == other.Primary;

    public override string ToString() => Tag ?? "";

    static string InCanonicalCase(string subtag, int position) => (position, subtag.Length) switch
    {
        ( > 0, 2) => subtag.ToUpperInvariant(),
        ( > 0, 4) when char.IsAsciiLetter(subtag[0]) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(subtag.ToLowerInvariant()),
        _ => subtag.ToLowerInvariant(),
    };

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*\z")]
    private static partial Regex Shape();
}
