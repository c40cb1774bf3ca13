using System.Collections.Immutable;

namespace VoiceGrains.Voices;

/// <summary>What a profile keeps. No audio, and nothing of people but the tenant's id for them.</summary>
public sealed class VoiceProfileState
{
    /// <summary>Null: it was never made.</summary>
    public VoiceProfile? Profile { get; set; }
}

/// <summary>A profile as it stands. Changes make another one.</summary>
/// <param name="Own">The vendor's voice, from when it was made until its consent ended.</param>
/// <param name="ToDelete">Voices that the vendor has not confirmed to be deleted.</param>
/// <param name="HasProof">Whether the store may hold the recording of the consent.</param>
/// <param name="HasSample">Whether the store may hold the sample.</param>
/// <param name="HasSlot">Whether it may hold a slot.</param>
public sealed record VoiceProfile(
    PersonId Person,
    Gender Gender,
    ProfileStatus Status,
    ImmutableArray<VoiceConsent> Consents,
    SampleFigures? Sample,
    VendorVoice? Own,
    ImmutableArray<VendorVoice> ToDelete,
    CloneFailure? Failure,
    bool HasProof,
    bool HasSample,
    bool HasSlot)
{
    internal static VoiceProfile New(NewVoice voice) => new(voice.Person, voice.Gender, ProfileStatus.Draft, [], null, null, [], null, false, false, false);

    /// <summary>The newest consent, which alone counts; null: none was given.</summary>
    internal VoiceConsent? Consent() => Consents.IsEmpty ? null : Consents[^1];

    /// <summary>Whether anything is left that must go.</summary>
    internal bool IsUnfinished() => !ToDelete.IsEmpty || MustDropProof() || MustDropSample() || (HasSlot && !NeedsSlot());

    /// <summary>Whether the vendor has no voice of it, and no recordings are kept.</summary>
    internal bool IsClean() => !NeedsSlot() && !HasProof && !HasSample;

    /// <summary>The recording of a consent is kept for as long as the consent holds; its hash stays.</summary>
    internal bool MustDropProof() => HasProof && HasEnded();

    /// <summary>A sample is kept until the voice is made of it.</summary>
    internal bool MustDropSample() => HasSample && (HasEnded() || Status is ProfileStatus.RequiresVerification or ProfileStatus.Ready or ProfileStatus.Consented);

    internal bool NeedsSlot() => Own is not null || !ToDelete.IsEmpty || Status == ProfileStatus.Cloning;

    /// <summary>The consent ends, and with it everything that rests on it.</summary>
    internal VoiceProfile End(ProfileStatus status, DateTimeOffset now)
    {
        var consent = Consent();
        return this with
        {
            Status = status,
            Consents = consent is { RevokedAt: null } && !(consent.ExpiresAt <= now) ? Consents.SetItem(Consents.Length - 1, consent with { RevokedAt = now }) : Consents,
            Own = null,
            ToDelete = Own is { } own ? ToDelete.Add(own) : ToDelete,
        };
    }

    /// <summary>The voice for a language, see <see cref="IVoiceProfileGrain.VoiceFor"/>.</summary>
    internal Voice VoiceFor(string profile, Language language, VoiceUse use, DateTimeOffset now) =>
        new(profile, Gender, language, Status == ProfileStatus.Ready && ConsentRules.Permits(Consent(), Person, use, now) ? Own : null);

    bool HasEnded() => Status is ProfileStatus.Revoked or ProfileStatus.Deleted;
}
