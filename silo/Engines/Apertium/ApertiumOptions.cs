namespace VoiceGrains.Silo.Engines.Apertium;

/// <summary>Settings of the offline machine translation, section <c>Engines:Apertium</c>.</summary>
sealed class ApertiumOptions
{
    /// <summary>Folder with the mode files of the installed pairs (packages apertium-eng-spa and the like).</summary>
    public string Modes { get; set; } = "/usr/share/apertium/modes";

    /// <summary>A sentence without an answer for this long ends the pipeline, which is started anew for the next. Default: 5 s.</summary>
    public TimeSpan StallLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A pipeline without work for this long is stopped: it holds 45 to 160 MB. Default: 5 min.</summary>
    public TimeSpan IdleLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Sentences that may wait for one pipeline; further ones are refused. Default: 64.</summary>
    public int Waiting { get; set; } = 64;
}
