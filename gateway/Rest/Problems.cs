using Microsoft.AspNetCore.Mvc;

namespace VoiceGrains.Gateway.Rest;

/// <summary>Answers that say what went wrong and what to do, as problem details (RFC 9457) with a code and a trace id.</summary>
static class Problems
{
    public static IResult Of(int status, string code, string detail) => TypedResults.Problem(new ProblemDetails
    {
        Status = status,
        Type = $"urn:voicegrains:error:{code}",
        Title = code,
        Detail = detail,
    });

    public static IResult BadRequest(string code, string detail) => Of(StatusCodes.Status400BadRequest, code, detail);

    // Each answer is an object of its own: it gets the trace id of its request.
    public static IResult CallUnknown =>
        Of(StatusCodes.Status404NotFound, "call-unknown", "There is no such call of this tenant. Open one with POST /v1/calls.");

    public static IResult KeyRefused => Of(
        StatusCodes.Status401Unauthorized,
        "api-key-refused",
        "Send the tenant's api key as 'Authorization: Bearer KEY'. Keys are set by Gateway:ApiKeys; in development the start prints one.");
}
