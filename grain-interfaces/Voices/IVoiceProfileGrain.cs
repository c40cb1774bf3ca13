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
/// <param name="Gender">Of the stock voice that speaks where the own one can't.</param>
/// <param name="Own">Somebody's cloned voice; null: a stock voice.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.Voice")]
public sealed record Voice(string Profile, Gender Gender, Language Language, VendorVoice? Own = null);

/// <summary>A voice that a vendor made of somebody's recordings.</summary>
/// <param name="Engine">Name of the synthesizer that can speak with it, for example <c>elevenlabs</c>.</param>
/// <param name="Id">The vendor's id for it.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.VendorVoice")]
public sealed record VendorVoice(string Engine, string Id);

/// <summary>How a stock voice sounds.</summary>
[GenerateSerializer, Alias("voicegrains.Gender")]
public enum Gender
{
    Female,
    Male,
}
