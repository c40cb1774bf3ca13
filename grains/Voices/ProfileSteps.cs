namespace VoiceGrains.Voices;

/// <summary>What happens to a profile.</summary>
enum ProfileStep
{
    GiveConsent,
    TakeSample,

    /// <summary>Nobody had a voice made of the sample for too long.</summary>
    DropSample,
    BeginClone,
    CloneReady,
    CloneUnverified,
    CloneFailed,
    Verify,
    EndConsent,
    Delete,
}

/// <summary>The life of a profile: which step leads where, and which is refused why.</summary>
static class ProfileSteps
{
    /// <summary>Either the next status is set, or the refusal. Steps of the product itself that come too late are refused as <see cref="VoiceRefusal.Unknown"/>.</summary>
    public static (ProfileStatus? Next, VoiceRefusal? Refusal) After(ProfileStatus status, ProfileStep step) => (status, step) switch
    {
        (_, ProfileStep.Delete) => To(ProfileStatus.Deleted),
        (ProfileStatus.Deleted, _) => No(VoiceRefusal.Deleted),

        (ProfileStatus.Draft or ProfileStatus.Revoked, ProfileStep.GiveConsent) => To(ProfileStatus.Consented),
        (_, ProfileStep.GiveConsent) => No(VoiceRefusal.ConsentExists),

        // To take back what was never given changes nothing, but whoever does so believes that it was.
        (ProfileStatus.Draft, ProfileStep.EndConsent) => No(VoiceRefusal.ConsentMissing),
        (_, ProfileStep.EndConsent) => To(ProfileStatus.Revoked),

        (ProfileStatus.Draft, ProfileStep.TakeSample or ProfileStep.BeginClone) => No(VoiceRefusal.ConsentMissing),
        (ProfileStatus.Revoked, ProfileStep.TakeSample or ProfileStep.BeginClone) => No(VoiceRefusal.ConsentRevoked),
        (ProfileStatus.Cloning, ProfileStep.TakeSample or ProfileStep.BeginClone) => No(VoiceRefusal.IsCloning),
        (ProfileStatus.RequiresVerification or ProfileStatus.Ready, ProfileStep.TakeSample or ProfileStep.BeginClone) => No(VoiceRefusal.IsMade),
        (_, ProfileStep.TakeSample) => To(ProfileStatus.Sampling),
        (ProfileStatus.Consented, ProfileStep.BeginClone) => No(VoiceRefusal.SampleMissing),
        (_, ProfileStep.BeginClone) => To(ProfileStatus.Cloning),
        (ProfileStatus.Sampling or ProfileStatus.Failed, ProfileStep.DropSample) => To(ProfileStatus.Consented),

        (ProfileStatus.Cloning, ProfileStep.CloneReady) => To(ProfileStatus.Ready),
        (ProfileStatus.Cloning, ProfileStep.CloneUnverified) => To(ProfileStatus.RequiresVerification),
        (ProfileStatus.Cloning, ProfileStep.CloneFailed) => To(ProfileStatus.Failed),
        (ProfileStatus.RequiresVerification, ProfileStep.Verify) => To(ProfileStatus.Ready),
        _ => No(VoiceRefusal.Unknown),
    };

    static (ProfileStatus?, VoiceRefusal?) To(ProfileStatus next) => (next, null);

    static (ProfileStatus?, VoiceRefusal?) No(VoiceRefusal refusal) => (null, refusal);
}
