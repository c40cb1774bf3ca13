namespace VoiceGrains.Voices;

/// <summary>
/// A voice that a participant speaks with in other languages. Key: <see cref="GrainKeys.Of(TenantId, string)"/>. The stock profiles
/// <c>stock-female</c> and <c>stock-male</c> exist for every tenant and speak every language that an engine has a voice for.
/// </summary>
[Alias("voicegrains.IVoiceProfileGrain")]
public interface IVoiceProfileGrain : IGrainWithStringKey
{
    /// <summary>The voice for a language. Null: no such profile.</summary>
    [Alias("VoiceFor"), AlwaysInterleave]
    Task<Voice?> VoiceFor(Language language);
}

/// <summary>A voice in a language.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.Voice")]
public sealed record Voice(string Profile, Gender Gender, Language Language);

/// <summary>How a stock voice sounds.</summary>
[GenerateSerializer, Alias("voicegrains.Gender")]
public enum Gender
{
    Female,
    Male,
}
