using System.Text;
using VoiceGrains.Calls;

namespace VoiceGrains.Gateway.Rest;

/// <summary>The transcript of a call over HTTP, during and after it.</summary>
static class TranscriptApi
{
    const int PageSize = 500;

    public static void MapTranscript(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/calls/{call}/transcript", Read).RequireCors(BearerToken.FromAnyPage).WithTags("Calls")
            .WithSummary("The transcript in a language of the call, as text, json, srt or vtt; for the tenant's key, and for the resume token of who took part.")
            .Produces(StatusCodes.Status200OK, typeof(string), "text/plain", "application/json", "application/x-subrip", "text/vtt")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    static async Task<IResult> Read(
        string call, HttpContext context, TranscriptRight right, IClusterClient grains, string? language = null, string format = "text", bool original = false)
    {
        var (tenant, refused) = right.Find(call, context);
        if (refused is not null)
            return refused;
        if (!CallId.TryParse(call, out var id) || grains.GetGrain<ICallGrain>(id.Value) is not { } grain
            || await grain.Describe() is not { } description || description.Tenant != tenant)
            return Problems.CallUnknown;
        Language wanted = default;
        if (language is not null && !Language.TryParse(language, out wanted))
            return Problems.BadRequest("bad-language", "'language' is no language tag. Use BCP 47, for example en, pt-BR or zh-Hant.");
        if (!TranscriptText.Formats.TryGetValue(format, out var write))
            return Problems.BadRequest("bad-format", $"'format' may be: {string.Join(", ", TranscriptText.Formats.Keys)}.");
        var shown = new TranscriptView(language is null ? null : wanted, original, description.OpenedAt);
        return TypedResults.Text(write.Write(await SegmentsOf(grain), shown), write.ContentType, Encoding.UTF8);
    }

    static async Task<IReadOnlyList<RecordedSegment>> SegmentsOf(ICallGrain grain)
    {
        var segments = new List<RecordedSegment>();
        for (int? position = 0; position is { } next;)
        {
            var page = await grain.ReadTranscript(next, PageSize);
            segments.AddRange(page.Segments);
            position = page.Next;
        }

        segments.Sort(static (a, b) => a.StartedAt.CompareTo(b.StartedAt));
        return segments;
    }
}
