using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace VoiceGrains.Voices;

/// <summary>What a client asks to sound like: a profile, and perhaps an effect after a plus, for example <c>stock-male+telephone</c>.</summary>
/// <param name="Profile">1 to 40 lower case letters, digits, dashes.</param>
/// <param name="Effect">Name of an effect; null: none.</param>
public readonly partial record struct VoiceName(string Profile, string? Effect)
{
    /// <summary>Whether it is a stock profile; else it is somebody's own.</summary>
    public bool IsStock => Profile.StartsWith(StockVoices.Prefix, StringComparison.Ordinal);

    public static bool TryParse([NotNullWhen(true)] string? text, out VoiceName name)
    {
        name = default;
        if (text is null || Shape().Match(text) is not { Success: true } match)
            return false;
        name = new VoiceName(match.Groups["profile"].Value, match.Groups["effect"] is { Success: true } effect ? effect.Value : null);
        return true;
    }

    public override string ToString() => Effect is null ? Profile : $"{Profile}+{Effect}";

    [GeneratedRegex(@"^(?<profile>[a-z0-9][a-z0-9-]{0,39})(\+(?<effect>[a-z][a-z-]{0,19}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
