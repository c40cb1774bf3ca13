using Microsoft.AspNetCore.Mvc;
using VoiceGrains.Voices;

namespace VoiceGrains.Gateway.Rest;

/// <summary>People's own voices over HTTP: make a profile, consent, sample, clone, look, revoke, delete.</summary>
static class VoicesApi
{
    public static void MapVoices(this IEndpointRouteBuilder app)
    {
        var voices = app.MapGroup("/v1/voices").WithTags("Voices").AddEndpointFilter<ApiKeyFilter>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized);
        var large = new RequestSizeLimitAttribute(RecordingUploads.LargestBody);
        voices.MapPost("", Create).WithSummary("Makes a profile for a person's own voice.").Produces<VoiceResource>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        voices.MapGet("", List).WithSummary("Lists the tenant's own voices.").Produces<VoiceList>();
        voices.MapGet("{voice}", Describe).WithSummary("Describes a voice, with its consents.").Produces<VoiceResource>().ProducesProblem(StatusCodes.Status404NotFound);
        voices.MapPost("{voice}/consent", Consent).WithSummary("Records the person's consent, with a recording of them saying so.").WithMetadata(large)
            .Accepts<ConsentForm>("multipart/form-data").Produces<VoiceResource>().ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        voices.MapPost("{voice}/samples", Sample).WithSummary("Takes a WAV file with 60 to 120 s of speech, in place of one before.").WithMetadata(large)
            .Accepts<Stream>("audio/wav").Produces<VoiceResource>().ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        voices.MapPost("{voice}/clone", Clone).WithSummary("Begins to make the voice of the sample.").Produces<VoiceResource>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status501NotImplemented);
        voices.MapPost("{voice}/revoke", Revoke).WithSummary("Takes the consent back: the stock voice speaks from the next clause on, and the voice and its recordings are deleted.")
            .Produces<VoiceResource>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound);
        voices.MapDelete("{voice}", Delete).WithSummary("Takes the consent back, and deletes the voice for ever.").Produces<VoiceResource>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> Create(CreateVoice? body, HttpContext context, IClusterClient grains)
    {
        if (body is null || !VoiceName.TryParse(body.Voice, out var name) || name is { IsStock: true } or { Effect: not null })
            return Problems.BadRequest("bad-voice", "'voice' must be 1 to 40 lower case letters, digits, dashes, and not begin with stock-.");
        if (!PersonId.TryParse(body.Person, out var person))
            return Problems.BadRequest("bad-person", "'person' must be 1 to 64 letters, digits, dashes, dots or underscores.");
        if (body.Gender is not ("female" or "male"))
            return Problems.BadRequest("bad-gender", "'gender' must be female or male: of the stock voice that speaks where the own one can't.");
        var gender = body.Gender == "female" ? Gender.Female : Gender.Male;
        var outcome = await Profile(grains, context, name.Profile).Create(new NewVoice(person, gender));
        return Answer(outcome, static voice => TypedResults.Created($"/v1/voices/{voice.Voice}", voice));
    }

    static async Task<IResult> List(HttpContext context, IClusterClient grains, int skip = 0, int take = 100)
    {
        if (skip < 0 || take is < 1 or > 100)
            return Problems.BadRequest("bad-page", "'skip' must be 0 or more, 'take' from 1 to 100.");
        var names = await grains.GetGrain<IVoiceIndexGrain>(GrainKeys.Of(ApiKeyFilter.TenantOf(context))).List();
        var voices = await Task.WhenAll(names.Skip(skip).Take(take).Select(name => Profile(grains, context, name).Describe()));
        return TypedResults.Ok(new VoiceList([.. voices.OfType<VoiceDescription>().Select(ResourceOf)], names.Length));
    }

    static Task<IResult> Describe(string voice, HttpContext context, IClusterClient grains) => With(voice, context, grains, static async profile =>
        await profile.Describe() is { } found ? TypedResults.Ok(ResourceOf(found)) : VoiceProblems.Of(VoiceRefusal.Unknown));

    static Task<IResult> Consent(string voice, HttpContext context, IClusterClient grains, RecordingUploads uploads, TimeProvider time) =>
        With(voice, context, grains, profile => uploads.Take(
            context,
            () => ConsentReader.Read(context.Request, time.GetUtcNow(), context.RequestAborted),
            consent => Uploaded(profile, consent.Recording, upload => profile.GiveConsent(consent.Given with { Upload = upload }))));

    static Task<IResult> Sample(string voice, HttpContext context, IClusterClient grains, RecordingUploads uploads) =>
        With(voice, context, grains, profile => uploads.Take(
            context, () => RecordingUploads.Read(context.Request), recording => Uploaded(profile, recording, profile.TakeSample)));

    static Task<IResult> Clone(string voice, HttpContext context, IClusterClient grains) => With(voice, context, grains, static async profile => Accepted(await profile.Clone()));

    static Task<IResult> Revoke(string voice, HttpContext context, IClusterClient grains) => With(voice, context, grains, static async profile => Accepted(await profile.Revoke()));

    static Task<IResult> Delete(string voice, HttpContext context, IClusterClient grains) => With(voice, context, grains, static async profile => Accepted(await profile.Delete()));

    static async Task<IResult> Uploaded(IVoiceProfileGrain profile, ReadOnlyMemory<byte> recording, Func<string, Task<VoiceOutcome>> use)
    {
        var (upload, refused) = await RecordingUploads.Send(profile, recording);
        return Answer(refused ?? await use(upload!), static voice => TypedResults.Ok(voice));
    }

    // What no voice can be called, no voice is called.
    static Task<IResult> With(string voice, HttpContext context, IClusterClient grains, Func<IVoiceProfileGrain, Task<IResult>> answer) =>
        VoiceName.TryParse(voice, out var name) && name is { IsStock: false, Effect: null }
            ? answer(Profile(grains, context, name.Profile))
            : Task.FromResult(VoiceProblems.Of(VoiceRefusal.Unknown));

    static IVoiceProfileGrain Profile(IClusterClient grains, HttpContext context, string name) =>
        grains.GetGrain<IVoiceProfileGrain>(GrainKeys.Of(ApiKeyFilter.TenantOf(context), name));

    static IResult Accepted(VoiceOutcome outcome) => Answer(outcome, static voice => TypedResults.Accepted((string?)null, voice));

    static IResult Answer(VoiceOutcome outcome, Func<VoiceResource, IResult> done) =>
        outcome.Refusal is null ? done(ResourceOf(outcome.Voice!)) : VoiceProblems.Of(outcome);

    static VoiceResource ResourceOf(VoiceDescription voice) => new(
        voice.Profile,
        voice.Person.Value,
        voice.Gender == Gender.Female ? "female" : "male",
        voice.Status == ProfileStatus.RequiresVerification ? "requires-verification" : voice.Status.ToString().ToLowerInvariant(),
        voice.Failure is null ? null : voice.Failure == CloneFailure.SlotsTaken ? "slots-taken" : voice.Failure.ToString()!.ToLowerInvariant(),
        voice.IsClean,
        voice.Sample is { } sample
            ? new SampleResource(sample.Length.TotalSeconds, sample.Speech.TotalSeconds, sample.Level, sample.Clipped, sample.Silent, sample.TakenAt)
            : null,
        [.. voice.Consents.Select(static consent => new ConsentResource(
            consent.Id,
            consent.Person.Value,
            consent.Wording,
            consent.TextHash,
            consent.GivenAt,
            consent.RecordingHash,
            consent.RecordingLength.TotalSeconds,
            consent.Call?.Value,
            consent.ExpiresAt,
            consent.RevokedAt))]);
}
