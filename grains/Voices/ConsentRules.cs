namespace VoiceGrains.Voices;

/// <summary>When a consent holds.</summary>
static class ConsentRules
{
    /// <summary>Why it does not hold for its profile at all now; null: it holds.</summary>
    public static VoiceRefusal? Flaw(VoiceConsent? consent, PersonId owner, DateTimeOffset now)
    {
        if (consent is null)
            return VoiceRefusal.ConsentMissing;
        if (consent.Person != owner)
            return VoiceRefusal.ConsentOfAnother;
        if (consent.RevokedAt is not null)
            return VoiceRefusal.ConsentRevoked;
        return consent.ExpiresAt <= now ? VoiceRefusal.ConsentExpired : null;
    }

    /// <summary>Whether somebody may speak with the voice where they want to.</summary>
    public static bool Permits(VoiceConsent? consent, PersonId owner, VoiceUse use, DateTimeOffset now) =>
        Flaw(consent, owner, now) is null && use.Person == owner && (consent!.Call is not { } only || only == use.Call);
}
