namespace VoiceGrains.Engines;

/// <summary>How eagerly speech is translated while it is spoken, where an engine can: less lag, or fewer words that the recognizer takes back after they were translated. Figures are those of the evaluation's profile (docs/benchmarks.md); real engines differ.</summary>
[GenerateSerializer, Alias("voicegrains.Interpreting")]
public enum Interpreting
{
    /// <summary>About 2 s behind the speaker's words; one word in 150 was translated as something else than what was said.</summary>
    Balanced,

    /// <summary>A quarter second less, for half more requests to the translator.</summary>
    Fast,

    /// <summary>A third of a second more; hardly a word was not said.</summary>
    Safe,
}
