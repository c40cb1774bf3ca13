namespace VoiceGrains.Silo.Engines.Apertium;

/// <summary>The translation directions that are installed, and how to run them.</summary>
sealed class ApertiumModes(ApertiumOptions options)
{
    // Mode files are named by two or three letters, as their makers liked.
    static readonly Dictionary<string, string[]> Codes =
        "en=eng es=spa fr=fra pt=por it=ita ca=cat gl=glg eo=epo mk=mkd is=isl eu=eus oc=oci ro=ron sv=swe da=dan nb=nob nn=nno"
            .Split(' ').Select(static pair => pair.Split('=')).ToDictionary(static pair => pair[0], static pair => new[] { pair[1], pair[0] });

    /// <summary>The mode file of a direction; null if it is not installed.</summary>
    public string? Find(Language from, Language to) =>
        (from.Primary == to.Primary ? [] : CodesOf(from).SelectMany(source => CodesOf(to).Select(target => Path.Combine(options.Modes, $"{source}-{target}.mode"))))
        .FirstOrDefault(File.Exists);

    /// <summary>
    /// The shell pipeline of a mode file, told to answer each NUL at once. (The <c>apertium -z</c> program of Debian 12 hangs for ever: two of its
    /// stages do not flush. The stages of the mode file themselves all do.)
    /// </summary>
    public static string Pipeline(string modeFile)
    {
        var stages = File.ReadAllText(modeFile).Trim().Split('|', StringSplitOptions.TrimEntries);
        return string.Join(" | ", stages.Select(static stage =>
        {
            // $1 takes the mark option of the generator (-n: unknown words without a star), $2 that of the tagger (none).
            var (program, rest) = stage.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? (stage[..space], stage[space..]) : (stage, "");
            return $"{program} -z{rest.Replace("$1", "-n", StringComparison.Ordinal).Replace("$2", "", StringComparison.Ordinal)}";
        }));
    }

    static string[] CodesOf(Language language) => Codes.GetValueOrDefault(language.Primary, [language.Primary]);
}
