namespace VoiceGrains.Voices;

/// <summary>A voice in a language.</summary>
/// <param name="Gender">Of the stock voice that speaks where the own one can't.</param>
/// <param name="Own">Somebody's cloned voice; null: a stock voice.</param>
/// <param name="Effect">Name of an effect that its audio goes through; null: none. Engines don't look at it.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.Voice")]
public sealed record Voice(string Profile, Gender Gender, Language Language, VendorVoice? Own = null, string? Effect = null);

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

/// <summary>Who wants to speak with a profile's voice, and where.</summary>
/// <param name="Person">As the ticket says.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.VoiceUse")]
public sealed record VoiceUse(PersonId Person, CallId Call);
