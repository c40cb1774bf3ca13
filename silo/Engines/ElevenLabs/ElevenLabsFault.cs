using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>
/// What the vendor's errors are to us. The vendor's own text is never kept: it may repeat what was to be spoken. Its name for the error decides, where there is none
/// the HTTP status or close code.
/// </summary>
static class ElevenLabsFault
{
    public const string Engine = "elevenlabs";
    const int MostOfBody = 64 * 1024;

    static readonly Dictionary<string, FaultKind> Kinds = new()
    {
        ["quota_exceeded"] = FaultKind.Quota,
        ["voice_limit_reached"] = FaultKind.Quota,
        ["max_active_conversations"] = FaultKind.RateLimited,
        ["too_many_concurrent_requests"] = FaultKind.RateLimited,
        ["concurrent_limit_exceeded"] = FaultKind.RateLimited,
        ["rate_limit_exceeded"] = FaultKind.RateLimited,
        ["system_busy"] = FaultKind.Overloaded,
        ["internal_error"] = FaultKind.Overloaded,
        ["internal_server_error"] = FaultKind.Overloaded,
        ["invalid_api_key"] = FaultKind.Auth,
        ["missing_api_key"] = FaultKind.Auth,
        ["needs_authorization"] = FaultKind.Auth,
        ["missing_permissions"] = FaultKind.Auth,
        ["detected_unusual_activity"] = FaultKind.Auth,
        ["only_for_creator+"] = FaultKind.Auth,
        ["can_not_use_instant_voice_cloning"] = FaultKind.Auth,
        ["voice_not_found"] = FaultKind.BadRequest,
        ["voice_requires_verification"] = FaultKind.BadRequest,
        ["model_not_found"] = FaultKind.BadRequest,
        ["unsupported_language"] = FaultKind.BadRequest,
        ["invalid_input_message"] = FaultKind.BadRequest,
        ["max_character_limit_exceeded"] = FaultKind.BadRequest,
        ["duplicate_file"] = FaultKind.BadRequest,
        ["input_timeout_exceeded"] = FaultKind.Transport,
    };

    /// <summary>An error message on a socket.</summary>
    public static EngineFaultException OfMessage(string code, string? request) => Make(Kinds.GetValueOrDefault(code, FaultKind.BadRequest), Known(code), request);

    /// <summary>
    /// A socket that was closed. A close without a status is reported as 1000 too, so that no code means that all was said. 1009 hides a voice that the model does not
    /// know; 1008 without an error before it may name one in its reason.
    /// </summary>
    public static EngineFaultException OfClose(WebSocketCloseStatus? status, string? reason, string? request)
    {
        var named = Kinds.Keys.FirstOrDefault(code => reason?.Contains(code, StringComparison.Ordinal) ?? false);
        var kind = named is not null ? Kinds[named] : (int?)status switch
        {
            1003 or 1007 or 1008 or 1009 => FaultKind.BadRequest,
            1012 or 1013 => FaultKind.Overloaded,
            _ => FaultKind.Transport,
        };
        return Make(kind, named ?? $"close {(int?)status}", request);
    }

    /// <summary>A handshake that was answered with something else. Its body can't be read, so that the status decides.</summary>
    public static EngineFaultException OfHandshake(ClientWebSocket socket, Exception error)
    {
        var headers = socket.HttpResponseHeaders;
        var request = headers is not null && headers.TryGetValue("request-id", out var ids) ? ids.FirstOrDefault() : null;
        if ((int)socket.HttpStatusCode is 0 or 101)
            return new EngineFaultException(Engine, FaultKind.Transport, "The connection can't be made.", error);
        var wait = headers is not null && headers.TryGetValue("Retry-After", out var waits) && int.TryParse(waits.FirstOrDefault(), out var seconds) ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        return Make(KindOf((int)socket.HttpStatusCode), $"status {(int)socket.HttpStatusCode}", request, wait);
    }

    /// <summary>An answer that is no success.</summary>
    public static async Task<EngineFaultException> OfResponse(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var code = await CodeIn(response, cancellationToken);
        var kind = code is not null && Kinds.TryGetValue(code, out var known) ? known : KindOf((int)response.StatusCode);
        return Make(kind, code is null ? $"status {(int)response.StatusCode}" : Known(code), RequestOf(response), WaitOf(response.Headers.RetryAfter));
    }

    /// <summary>A request or stream that broke.</summary>
    public static EngineFaultException OfTransport(Exception error, bool hasBegun, string? request = null)
    {
        var (kind, message) = hasBegun ? (FaultKind.Truncated, "The audio was cut off.") : (FaultKind.Transport, "The connection broke.");
        return new EngineFaultException(Engine, kind, message, error) { RequestId = request };
    }

    public static EngineFaultException Stalled(string what, string? request = null) => new(Engine, FaultKind.Stalled, $"ElevenLabs gave no {what} in time.") { RequestId = request };

    public static EngineFaultException Truncated(string what, string? request = null) => new(Engine, FaultKind.Truncated, what) { RequestId = request };

    /// <summary>The vendor's name for the request.</summary>
    public static string? RequestOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("request-id", out var ids) || response.Headers.TryGetValues("x-trace-id", out ids) ? ids.FirstOrDefault() : null;

    /// <summary>The vendor's name for an error in an HTTP body: <c>detail.status</c>. Null: there is none; of a 422 the detail is a list.</summary>
    public static async Task<string?> CodeIn(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MostOfBody, cancellationToken);
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            return body.RootElement.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.Object
                && detail.TryGetProperty("status", out var status) ? status.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or HttpRequestException or IOException or InvalidOperationException)
        {
            // The status says enough.
            return null;
        }
    }

    static FaultKind KindOf(int status) => status switch
    {
        401 or 403 => FaultKind.Auth,
        402 => FaultKind.Quota,
        408 => FaultKind.Stalled,
        429 => FaultKind.RateLimited,
        >= 500 => FaultKind.Overloaded,
        _ => FaultKind.BadRequest,
    };

    // A name that nobody knows is not repeated: it could be anything.
    static string Known(string code) => Kinds.ContainsKey(code) ? code : "an unknown error";

    static EngineFaultException Make(FaultKind kind, string what, string? request, TimeSpan? wait = null) =>
        new(Engine, kind, $"ElevenLabs refused: {what}.") { RequestId = request, RetryAfter = wait };

    static TimeSpan? WaitOf(RetryConditionHeaderValue? header) => header?.Delta;
}
