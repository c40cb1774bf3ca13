namespace VoiceGrains.Gateway.Ops;

/// <summary>Settings of the dashboard for operators, section <c>Ops</c>.</summary>
public sealed class OpsOptions
{
    const int ShortestToken = 24;
    const int LongestToken = 512;

    /// <summary>What an operator signs in with at <c>/ops</c>, at least 24 characters, the same at all gateways. Default: none, and there is no <c>/ops</c>.</summary>
    public string? Token { get; set; }

    /// <summary>A file that holds it, for secrets that are mounted. <see cref="Token"/> goes before it. Default: none.</summary>
    public string? TokenFile { get; set; }

    /// <summary>
    /// Whether the dashboard of genuine Orleans is mounted at <c>/ops/orleans</c>, and silos collect for it: it looks at every call between grains, and its details of a
    /// grain hold that grain's state. Without effect on the built-in runtime. Default: true.
    /// </summary>
    public bool Orleans { get; set; } = true;

    /// <summary>The token, wherever it stands. Null: there is none, or it can't be used; then <paramref name="mistake"/> says which setting to change, unless there simply is none.</summary>
    public string? Read(out string? mistake)
    {
        mistake = null;
        if (!string.IsNullOrWhiteSpace(Token))
            return Checked("Ops:Token", Token, out mistake);
        if (string.IsNullOrWhiteSpace(TokenFile))
            return null;
        try
        {
            return Checked("Ops:TokenFile", File.ReadAllText(TokenFile), out mistake);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            mistake = "Ops:TokenFile: the file can't be read. Mount it, or take the setting away.";
            return null;
        }
    }

    static string? Checked(string setting, string text, out string? mistake)
    {
        var token = text.Trim();
        mistake = token.Length is < ShortestToken or > LongestToken || token.Any(static letter => letter is <= ' ' or > '~')
            ? $"{setting} must have {ShortestToken} to {LongestToken} letters, digits or signs without spaces. Make one with: openssl rand -base64 30"
            : null;
        return mistake is null ? token : null;
    }
}
