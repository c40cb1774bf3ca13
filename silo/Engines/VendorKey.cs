namespace VoiceGrains.Silo.Engines;

/// <summary>The API key of a vendor. Never shown: its text is only in <see cref="Reveal"/>.</summary>
sealed class VendorKey
{
    const int Longest = 512;
    readonly string _key;

    VendorKey(string key) => _key = key;

    /// <summary>The variables that the vendors' own tools read, by the name of the vendor's section.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>
    {
        ["Deepgram"] = "DEEPGRAM_API_KEY",
        ["OpenAI"] = "OPENAI_API_KEY",
        ["Anthropic"] = "ANTHROPIC_API_KEY",
        ["ElevenLabs"] = "ELEVENLABS_API_KEY",
    };

    /// <summary>The key itself, for the header that carries it.</summary>
    public string Reveal() => _key;

    public override string ToString() => "(a key)";

    /// <summary>Reads the key of one of those that have a variable.</summary>
    public static VendorKey? Read(IConfiguration configuration, string vendor, out string? mistake) => Read(configuration, vendor, Variables[vendor], out mistake);

    /// <summary>
    /// Reads it from the setting <c>Engines:VENDOR:Key</c>, else from the file in <c>Engines:VENDOR:KeyFile</c>, else from the environment variable that the
    /// vendor's own tools read, for example <c>DEEPGRAM_API_KEY</c>, else from the file that this variable with <c>_FILE</c> behind it names.
    /// Null: there is none, or it can't be used; then <paramref name="mistake"/> says which setting to change, unless there simply is none.
    /// </summary>
    public static VendorKey? Read(IConfiguration configuration, string vendor, string variable, out string? mistake)
    {
        mistake = null;
        foreach (var (name, isFile) in Places(vendor, variable))
        {
            if (configuration[name] is { } value && !string.IsNullOrWhiteSpace(value))
                return isFile ? FromFile(name, value, out mistake) : From(name, value, out mistake);
        }

        return null;
    }

    /// <summary>Where a key may stand, in the order in which it is looked for.</summary>
    public static IReadOnlyList<(string Name, bool IsFile)> Places(string vendor, string variable) =>
        [($"Engines:{vendor}:Key", false), ($"Engines:{vendor}:KeyFile", true), (variable, false), (variable + "_FILE", true)];

    static VendorKey? FromFile(string name, string file, out string? mistake)
    {
        try
        {
            return From(name, File.ReadAllText(file), out mistake);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            mistake = $"{name}: the file can't be read. Mount it, or take the setting away.";
            return null;
        }
    }

    static VendorKey? From(string name, string text, out string? mistake)
    {
        var key = text.Trim();
        mistake = key.Length is 0 or > Longest || key.Any(static letter => letter is <= ' ' or > '~')
            ? $"{name} holds no key: a key has 1 to {Longest} letters without spaces."
            : null;
        return mistake is null ? new VendorKey(key) : null;
    }
}
