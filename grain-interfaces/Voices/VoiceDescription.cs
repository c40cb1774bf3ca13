using System.Collections.Immutable;

namespace VoiceGrains.Voices;

/// <summary>A profile to be made.</summary>
/// <param name="Person">Whose voice it is to be; nobody else can consent to it or speak with it.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.NewVoice")]
public sealed record NewVoice(PersonId Person, Gender Gender);

/// <summary>A part of a recording, a WAV file, on its way to a profile.</summary>
/// <param name="Upload">Unique for each recording.</param>
/// <param name="Number">Counts the pieces from 0.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.RecordingPiece")]
public sealed record RecordingPiece(string Upload, int Number, ReadOnlyMemory<byte> Audio);

/// <summary>Somebody agrees to have their voice cloned.</summary>
/// <param name="Person">Who agrees.</param>
/// <param name="Wording">Version of what they agree to, as the tenant names it.</param>
/// <param name="TextHash">SHA-256 of the text they saw, as hex digits.</param>
/// <param name="Upload">The recording of them saying so.</param>
/// <param name="Call">The only call that the voice may be used in; null: all calls of the tenant.</param>
/// <param name="ExpiresAt">Null: it holds until it is revoked.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.ConsentGiven")]
public sealed record ConsentGiven(PersonId Person, string Wording, string TextHash, string Upload, CallId? Call, DateTimeOffset? ExpiresAt);

/// <summary>A consent on record. It stays when it does not hold any more, and when its profile is deleted.</summary>
/// <param name="RecordingHash">SHA-256 of the recording, as hex digits: the recording itself is deleted when the consent ends.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.VoiceConsent")]
public sealed record VoiceConsent(
    string Id,
    PersonId Person,
    string Wording,
    string TextHash,
    DateTimeOffset GivenAt,
    string RecordingHash,
    TimeSpan RecordingLength,
    CallId? Call,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt);

/// <summary>Where a profile stands.</summary>
[GenerateSerializer, Alias("voicegrains.ProfileStatus")]
public enum ProfileStatus
{
    /// <summary>Made; nobody has consented.</summary>
    Draft,
    Consented,

    /// <summary>A sample that is good enough is there.</summary>
    Sampling,

    /// <summary>The vendor is making the voice.</summary>
    Cloning,

    /// <summary>The vendor has the voice, and its owner must prove there that it is theirs.</summary>
    RequiresVerification,
    Ready,

    /// <summary>The vendor did not make the voice.</summary>
    Failed,

    /// <summary>The consent was taken back, or its time is over.</summary>
    Revoked,
    Deleted,
}

/// <summary>What is known of a profile.</summary>
/// <param name="Failure">Why it failed; null: it did not.</param>
/// <param name="IsClean">Whether the vendor has no voice of it, and no recordings are kept.</param>
/// <param name="Sample">The newest sample; null: none was taken.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.VoiceDescription")]
public sealed record VoiceDescription(
    string Profile,
    PersonId Person,
    Gender Gender,
    ProfileStatus Status,
    CloneFailure? Failure,
    bool IsClean,
    SampleFigures? Sample,
    ImmutableArray<VoiceConsent> Consents);

/// <summary>Why a voice was not made.</summary>
[GenerateSerializer, Alias("voicegrains.CloneFailure")]
public enum CloneFailure
{
    /// <summary>All slots of the account at the vendor are taken.</summary>
    SlotsTaken,

    /// <summary>The vendor does not take this sample, or not from this account.</summary>
    Refused,

    /// <summary>The vendor could not be reached, or was too slow. Trying again may help.</summary>
    Unavailable,

    /// <summary>The silo that waited for it ended.</summary>
    Interrupted,
}

/// <summary>A recording in figures.</summary>
/// <param name="Speech">How long somebody speaks in it.</param>
/// <param name="Level">Of the speech, in dB relative to full scale.</param>
/// <param name="Clipped">Share of samples that hit the limit, 0 to 1.</param>
/// <param name="Silent">Share without speech, 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.SampleFigures")]
public sealed record SampleFigures(TimeSpan Length, TimeSpan Speech, double Level, double Clipped, double Silent, DateTimeOffset TakenAt);

/// <summary>What became of a request.</summary>
/// <param name="Refusal">Why nothing was changed; null: it was done.</param>
/// <param name="Flaws">What is wrong with a recording, and what to do about it.</param>
/// <param name="Voice">How the profile stands now; null: there is none.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.VoiceOutcome")]
public sealed record VoiceOutcome(VoiceRefusal? Refusal, ImmutableArray<SampleFlaw> Flaws, VoiceDescription? Voice);

/// <summary>Something that is wrong with a recording.</summary>
/// <param name="Message">Says what to do.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.SampleFlaw")]
public sealed record SampleFlaw(string Code, string Message);

/// <summary>Why a request was refused.</summary>
[GenerateSerializer, Alias("voicegrains.VoiceRefusal")]
public enum VoiceRefusal
{
    Unknown,
    Exists,
    Deleted,
    TooManyProfiles,
    TooManyConsents,
    ConsentMissing,
    ConsentOfAnother,
    ConsentRevoked,
    ConsentExpired,

    /// <summary>One holds already: revoke it first.</summary>
    ConsentExists,
    UploadUnknown,
    UploadTooLarge,
    RecordingUnfit,
    SampleMissing,
    IsCloning,
    IsMade,
    SlotsTaken,

    /// <summary>No cloner is configured.</summary>
    NoCloner,
}
