namespace VoiceGrains.Silo.Engines.EspeakNg;

/// <summary>Settings of the offline synthesizer, section <c>Engines:EspeakNg</c>.</summary>
sealed class EspeakOptions
{
    /// <summary>The program (package espeak-ng).</summary>
    public string Program { get; set; } = "espeak-ng";

    /// <summary>Processes at a time; further clauses wait. Default: 4 a core.</summary>
    public int Processes { get; set; } = 4 * Environment.ProcessorCount;

    /// <summary>Words a minute. Default: 165.</summary>
    public int WordsPerMinute { get; set; } = 165;

    /// <summary>A process without audio for this long is ended. Default: 5 s.</summary>
    public TimeSpan StallLimit { get; set; } = TimeSpan.FromSeconds(5);
}
