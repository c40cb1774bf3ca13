using Microsoft.AspNetCore.Mvc;
using VoiceGrains.Voices;

namespace VoiceGrains.Gateway.Rest;

/// <summary>What a profile refused, as an answer that says what to do.</summary>
static class VoiceProblems
{
    public static IResult Of(VoiceOutcome outcome) => outcome.Refusal == VoiceRefusal.RecordingUnfit ? Unfit(outcome) : Of(outcome.Refusal!.Value);

    public static IResult Of(VoiceRefusal refusal)
    {
        var (status, code, detail) = Texts(refusal);
        return Problems.Of(status, code, detail);
    }

    public static IResult TooLarge => Of(VoiceRefusal.UploadTooLarge);

    static IResult Unfit(VoiceOutcome outcome) => TypedResults.Problem(new ProblemDetails
    {
        Status = StatusCodes.Status422UnprocessableEntity,
        Type = "urn:voicegrains:error:recording-unfit",
        Title = "recording-unfit",
        Detail = string.Join(' ', outcome.Flaws.Select(static flaw => flaw.Message)),
        Extensions = { ["flaws"] = outcome.Flaws.Select(static flaw => new { code = flaw.Code, message = flaw.Message }).ToList() },
    });

    static (int Status, string Code, string Detail) Texts(VoiceRefusal refusal) => refusal switch
    {
        VoiceRefusal.Unknown => (404, "voice-unknown", "There is no such voice of this tenant. Make one with POST /v1/voices."),
        VoiceRefusal.Exists => (409, "voice-exists", "There is a voice of this name. Choose another name."),
        VoiceRefusal.Deleted => (409, "voice-deleted", "The voice was deleted, and its name is not given again. Make another with POST /v1/voices."),
        VoiceRefusal.TooManyProfiles => (429, "too-many-voices", "The tenant has as many voices as Voices:MaxProfiles allows. Delete one first."),
        VoiceRefusal.TooManyConsents => (409, "too-many-consents", "There are 50 consents on record for this voice. Delete it, and make another."),
        VoiceRefusal.ConsentMissing => (403, "consent-missing", "The person has not consented. Send their consent with POST /v1/voices/{voice}/consent."),
        VoiceRefusal.ConsentOfAnother => (403, "consent-of-another-person", "Only the person whose voice it is can consent: 'person' must be that of the voice."),
        VoiceRefusal.ConsentRevoked => (403, "consent-revoked", "The person has taken their consent back. They may give another."),
        VoiceRefusal.ConsentExpired => (403, "consent-expired", "The time of the consent is over. The person may give another."),
        VoiceRefusal.ConsentExists => (409, "consent-exists", "A consent holds already. To give another, revoke it first."),
        VoiceRefusal.UploadUnknown => (409, "upload-interrupted", "The recording did not arrive in one piece. Send it again."),
        VoiceRefusal.UploadTooLarge => (413, "recording-too-large", "A recording may have 12 MiB. Send mono, 16 bit, 24,000 samples a second: sox IN.wav -r 24000 -c 1 -b 16 OUT.wav"),
        VoiceRefusal.SampleMissing => (409, "sample-missing", "There is no sample. Send one with POST /v1/voices/{voice}/samples."),
        VoiceRefusal.IsCloning => (409, "voice-is-cloning", "The voice is being made. Look at it with GET, and wait."),
        VoiceRefusal.IsMade => (409, "voice-is-made", "The voice was made already. To make it anew, revoke the consent and begin with another."),
        VoiceRefusal.SlotsTaken => (429, "voice-slots-taken", "The tenant has as many voices at the vendor as Voices:Slots allows. Revoke or delete one first."),
        _ => (501, "no-cloner", "No cloner is configured: set Engines:Cloner."),
    };
}
