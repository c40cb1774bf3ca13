namespace VoiceGrains.Engines;

/// <summary>How people address each other where a language distinguishes it.</summary>
[GenerateSerializer, Alias("voicegrains.Formality")]
public enum Formality
{
    /// <summary>As the engine thinks right.</summary>
    Unspecified,
    Informal,
    Formal,
}
