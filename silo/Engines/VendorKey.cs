namespace VoiceGrains.Silo.Engines;

/// <summary>The API key of a vendor. Never shown: its text is only in <see cref="Reveal"/>.</summary>
sealed class VendorKey
{
    const int Longest = 512;
    readonly string _key;

    VendorKey(string key) => _key = key;

    /// <summary>The key itself, for the header that carries it.</summary>
    public string Reveal() => _key;

    public override string ToString() => "(a key)";

    /// <summary>
    /// Reads it from the setting <c>Engines:VENDOR:Key</c>, else from the file in <c>Engines:VENDOR:KeyFile</c>, else from the environment variable that the
    /// vendor's own tools read, for example <c>DEEPGRAM_API_KEY</c>, else from the file that this variable with <c>_FILE</c> behind it names.
    /// Null: there is none, or it can't be used; then <paramref name="mistake"/> says which setting to change, unless there simply is none.
    /// </summary>
    public static VendorKey? Read(IConfiguration configuration, string vendor, string variable, out string? mistake)
    {
        mistake = null;
        var section = configuration.GetSection($"Engines:{vendor}");
        foreach (var (name, value, isFile) in ((string, string?, bool)[])
            [
                ($"Engines:{vendor}:Key", section["Key"], false),
                ($"Engines:{vendor}:KeyFile", section["KeyFile"], true),
                (variable, configuration[variable], false),
                (variable + "_FILE", configuration[variable + "_FILE"], true),
            ])
        {
            if (!string.IsNullOrWhiteSpace(value))
                return isFile ? FromFile(name, value, out mistake) : From(name, value, out mistake);
        }

        return null;
    }

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
