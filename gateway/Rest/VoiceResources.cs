namespace VoiceGrains.Gateway.Rest;

/// <summary>Makes a profile for a person's own voice.</summary>
/// <param name="Voice">Its name: 1 to 40 lower case letters, digits, dashes; not beginning with <c>stock-</c>. Shown to the vendor, so it should name nobody.</param>
/// <param name="Person">Whose voice it is: 1 to 64 letters, digits, dashes, dots or underscores. Nobody else can consent to it or speak with it.</param>
/// <param name="Gender"><c>female</c> or <c>male</c>: of the stock voice that speaks where the own one can't.</param>
public sealed record CreateVoice(string Voice, string Person, string Gender);

/// <summary>The form by which a person consents.</summary>
/// <param name="Person">Who agrees; must be the person of the profile.</param>
/// <param name="Wording">Name of the version of the text, at most 64 characters.</param>
/// <param name="Text">What the person agreed to, as they saw it; 20 to 8,000 characters. Its hash is kept.</param>
/// <param name="Recording">A WAV file of the person saying that they agree, with 2 to 60 s of speech.</param>
/// <param name="Call">The only call that the voice may be used in. Default: all calls of the tenant.</param>
/// <param name="ExpiresAt">When the consent ends, ISO 8601. Default: when it is revoked.</param>
public sealed record ConsentForm(string Person, string Wording, string Text, IFormFile Recording, string? Call = null, DateTimeOffset? ExpiresAt = null);

/// <summary>A person's own voice.</summary>
/// <param name="Status"><c>draft</c>, <c>consented</c>, <c>sampling</c>, <c>cloning</c>, <c>requires-verification</c>, <c>ready</c>, <c>failed</c>, <c>revoked</c>, <c>deleted</c>.</param>
/// <param name="Failure">Why it failed: <c>slots-taken</c>, <c>refused</c>, <c>unavailable</c>, <c>interrupted</c>.</param>
/// <param name="Clean">Whether the vendor has no voice of it, and no recordings are kept here.</param>
/// <param name="Consents">All that were ever given, the newest last.</param>
public sealed record VoiceResource(
    string Voice, string Person, string Gender, string Status, string? Failure, bool Clean, SampleResource? Sample, IReadOnlyList<ConsentResource> Consents);

/// <summary>A sample in figures.</summary>
/// <param name="Level">Of the speech, in dB relative to full scale.</param>
/// <param name="Clipped">Share of samples that hit the limit.</param>
/// <param name="Silent">Share without speech.</param>
public sealed record SampleResource(double Seconds, double SpeechSeconds, double Level, double Clipped, double Silent, DateTimeOffset TakenAt);

/// <summary>A consent on record.</summary>
/// <param name="TextHash">SHA-256 of the text, in UTF-8.</param>
/// <param name="RecordingHash">SHA-256 of the WAV file.</param>
public sealed record ConsentResource(
    string Consent,
    string Person,
    string Wording,
    string TextHash,
    DateTimeOffset GivenAt,
    string RecordingHash,
    double RecordingSeconds,
    string? Call,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt);

/// <summary>A part of the list of voices, by name.</summary>
/// <param name="Total">Voices in all.</param>
public sealed record VoiceList(IReadOnlyList<VoiceResource> Voices, int Total);
