using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using VoiceGrains.Voices;

namespace VoiceGrains.Gateway.Rest;

/// <summary>A consent as it came, checked for its shape.</summary>
/// <param name="Given">Without the upload, which comes later.</param>
sealed record ReadConsent(ConsentGiven Given, ReadOnlyMemory<byte> Recording);

/// <summary>Reads the <see cref="ConsentForm"/>. Nothing of it touches the disk.</summary>
static class ConsentReader
{
    const int LongestWording = 64;
    const int ShortestText = 20;
    const int LongestText = 8_000;

    /// <summary>Either the consent is set, or the problem.</summary>
    public static async Task<(ReadConsent? Consent, IResult? Problem)> Read(HttpRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
            return (null, Problems.BadRequest("bad-form", "Send the consent as multipart/form-data with 'person', 'wording', 'text' and 'recording'."));
        var limits = new FormOptions
        {
            MemoryBufferThreshold = RecordingUploads.LargestBody,
            MultipartBodyLengthLimit = RecordingUploads.LargestBody,
            ValueLengthLimit = 4 * LongestText,
            ValueCountLimit = 16,
        };
        var form = await new FormFeature(request, limits).ReadFormAsync(cancellationToken);
        if (Mistake(form, now, out var given) is { } mistake)
            return (null, Problems.BadRequest(mistake.Code, mistake.Detail));
        if (form.Files.GetFile("recording") is not { } file)
            return (null, Problems.BadRequest("recording-missing", "'recording' must be a WAV file of the person saying that they agree."));
        await using var recording = file.OpenReadStream();
        return (new ReadConsent(given!, await RecordingUploads.Read(recording, cancellationToken)), null);
    }

    static (string Code, string Detail)? Mistake(IFormCollection form, DateTimeOffset now, out ConsentGiven? given)
    {
        given = null;
        var (wording, text) = (form["wording"].ToString(), form["text"].ToString());
        CallId? call = null;
        DateTimeOffset? expiresAt = null;
        if (!PersonId.TryParse(form["person"], out var person))
            return ("bad-person", "'person' must be 1 to 64 letters, digits, dashes, dots or underscores.");
        if (wording.Length is 0 or > LongestWording || PlainText.HasHidden(wording))
            return ("bad-wording", $"'wording' must name the version of the text, in 1 to {LongestWording} characters.");
        if (text.Length is < ShortestText or > LongestText || PlainText.HasHidden(text))
            return ("bad-text", $"'text' must be what the person agreed to, in {ShortestText} to {LongestText} characters.");
        if (form["call"].ToString() is { Length: > 0 } only)
        {
            if (!CallId.TryParse(only, out var id))
                return ("bad-call", "'call' must be the id of a call.");
            call = id;
        }

        if (form["expiresAt"].ToString() is { Length: > 0 } end)
        {
            if (!DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) || at <= now)
                return ("bad-expires-at", "'expiresAt' must be a time in the future, ISO 8601, for example 2027-01-31T00:00:00Z.");
            expiresAt = at.ToUniversalTime();
        }

        given = new ConsentGiven(person, wording, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), "", call, expiresAt);
        return null;
    }
}
