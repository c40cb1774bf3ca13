using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace VoiceGrains.Tests.Emulators.ElevenLabs;

/// <summary>An error as the vendor tells it: over HTTP with a status, over a socket in a message and the close after it.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Code">For example <c>voice_not_found</c>.</param>
sealed record VendorError(int Status, string Code, string Message)
{
    public static VendorError InvalidKey { get; } = new(401, "invalid_api_key", "The key is not known.");

    public static VendorError VoiceNotFound { get; } = new(404, "voice_not_found", "There is no such voice.");

    public static VendorError TooMany { get; } = new(429, "too_many_concurrent_requests", "The plan's concurrent requests are all in use.");

    /// <summary>A wrong message on a socket.</summary>
    public static VendorError Input(string message) => new(400, "invalid_input_message", message);

    /// <summary>A wrong field of a request; the detail is then a list (FastAPI).</summary>
    public static VendorError Field(string field, string message) => new(422, field, message);

    public JsonObject ForSocket() => new() { ["message"] = Message, ["error"] = Code, ["code"] = 1008 };

    public async Task Answer(HttpContext http, TimeSpan? retryAfter = null)
    {
        http.Response.StatusCode = Status;
        if (retryAfter is { } wait)
            http.Response.Headers.RetryAfter = $"{(int)wait.TotalSeconds}";
        JsonNode detail = Status == 422
            ? new JsonArray(new JsonObject { ["loc"] = new JsonArray("body", Code), ["msg"] = Message, ["type"] = "value_error" })
            : new JsonObject { ["status"] = Code, ["message"] = Message };
        await http.Response.WriteAsJsonAsync(new JsonObject { ["detail"] = detail });
    }
}
