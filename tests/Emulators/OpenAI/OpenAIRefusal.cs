using System.Globalization;
using Microsoft.AspNetCore.Http;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.OpenAI;

/// <summary>Errors as OpenAI writes them (API reference, errors): <c>{"error":{"message","type","param","code"}}</c>.</summary>
static class OpenAIRefusal
{
    public static RefusedException BadRequest(string rule) => new(400, "invalid_request_error", "invalid_value", rule);

    public static Task Write(HttpContext context, RefusedException refused) => Write(context, refused.Status, refused.Type, refused.Code, refused.Message);

    /// <summary>A planned status, with the type and code that belong to it unless the plan says otherwise.</summary>
    public static Task Write(HttpContext context, PlannedFault fault)
    {
        if (fault.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (fault.RetryAfter is { } exact)
            context.Response.Headers["retry-after-ms"] = ((long)exact.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        var (type, code) = fault.Status switch
        {
            401 => ("invalid_request_error", "invalid_api_key"),
            402 => ("insufficient_quota", "billing_not_active"),
            403 => ("invalid_request_error", "unsupported_country_region_territory"),
            404 => ("invalid_request_error", "model_not_found"),
            429 => (fault.Code == "insufficient_quota" ? "insufficient_quota" : "requests", "rate_limit_exceeded"),
            >= 500 => ("server_error", null),
            _ => ("invalid_request_error", "invalid_value"),
        };
        return Write(context, fault.Status, type, fault.Code ?? code, "Planned: this text must never be shown.");
    }

    public static object Body(string message, string type, string? code) => new { error = new { message, type, param = (string?)null, code } };

    static Task Write(HttpContext context, int status, string type, string? code, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(Body(message, type, code));
    }
}
