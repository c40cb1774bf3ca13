namespace VoiceGrains.Silo.Engines.Scripted;

/// <summary>
/// How the scripted engines behave, section <c>Scripted</c>. By default they answer at once; the fault suite makes them as slow and as strict as those
/// of vendors.
/// </summary>
sealed class ScriptedOptions
{
    /// <summary>Whether words are final at the marks , ; : . ! ? already, not only at the pause after them. Default: no.</summary>
    public bool FinalAtMarks { get; set; }

    /// <summary>
    /// The recognizer takes audio no faster than this times real time since its session was opened, with <see cref="StartAllowance"/> at once, and
    /// refuses what is beyond. 0: as fast as it comes. Default: 0.
    /// </summary>
    public double RecognizerSpeed { get; set; }

    /// <summary>Time from the audio to final words. Default: none.</summary>
    public int RecognizerLatencyMs { get; set; }

    /// <summary>Time from the text to its translation. Default: none.</summary>
    public int TranslatorLatencyMs { get; set; }

    /// <summary>The synthesizer makes audio at this times real time, in pieces of 100 ms. 0: at once, each clause in one piece. Default: 0.</summary>
    public double SynthesisSpeed { get; set; }

    /// <summary>How long a synthesized word is, 20 to 1,000. Default: 100.</summary>
    public int SynthesizedWordMs { get; set; } = 100;

    /// <summary>The account of the <see cref="ScriptedCloner"/>: a folder that exists. Default: in memory.</summary>
    public string? ClonerFolder { get; set; }

    /// <summary>What a recognizer session with a speed takes at once.</summary>
    public static TimeSpan StartAllowance { get; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan RecognizerLatency => TimeSpan.FromMilliseconds(RecognizerLatencyMs);

    public TimeSpan TranslatorLatency => TimeSpan.FromMilliseconds(TranslatorLatencyMs);

    public TimeSpan SynthesizedWord => TimeSpan.FromMilliseconds(SynthesizedWordMs);
}
