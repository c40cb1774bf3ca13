namespace VoiceGrains.Silo.Engines;

/// <summary>Which engines are tried, in order, section <c>Engines</c>. Names stand in one setting with commas between, so that one setting switches an engine.</summary>
sealed class EngineOptions
{
    /// <summary>Known: pocketsphinx, deepgram, deepgram-nova, deepgram-flux, openai-transcribe, scripted. Default: pocketsphinx.</summary>
    public string Recognizers { get; set; } = "pocketsphinx";

    /// <summary>Known: phrasebook, apertium, openai, anthropic, scripted. Default: phrasebook, apertium.</summary>
    public string Translators { get; set; } = "phrasebook, apertium";

    /// <summary>Known: espeak-ng, elevenlabs, openai-speech, scripted. Default: espeak-ng.</summary>
    public string Synthesizers { get; set; } = "espeak-ng";

    /// <summary>Who makes voices of recordings. Known: none, elevenlabs, scripted; <see cref="Synthesizers"/> must name the same, who alone speaks with them. Default: none.</summary>
    public string Cloner { get; set; } = "none";

    /// <summary>So many calls to a vendor's engine must fail within 10 s, and be half of them, before the cluster leaves it alone for a while; 1 to 1,000. Default: 5.</summary>
    public int BreakerFailures { get; set; } = 5;

    /// <summary>
    /// Whether translated speech that comes late is made up for: up to a quarter faster and with short silences as soon as speech waits to be heard, in fewer words from 2.5 s on
    /// (OpenAI, Anthropic), and only in captions from 8 s on. Typed text is never hurried. Default: true.
    /// </summary>
    public bool CatchUp { get; set; } = true;

    /// <summary>
    /// Whether the clause that will probably come next is spoken before it is committed, so that nobody waits for its first sound. Vendors charge for what was guessed wrong
    /// and is never heard, and it takes places of the account. Default: false.
    /// </summary>
    public bool Foresee { get; set; }

    /// <summary>Phrasebook files, and folders whose files named <c>*.phrases</c> are read. Default: the folder that comes with the product.</summary>
    public IReadOnlyList<string> Phrasebooks { get; set; } = [];

    /// <summary>The names in a setting.</summary>
    public static IReadOnlyList<string> NamesIn(string setting) => setting.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
