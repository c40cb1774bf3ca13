using System.Text.Json;
using System.Text.RegularExpressions;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Vendors;

/// <summary>
/// What OpenAI and Anthropic say of an error: <c>{"error":{"type","code","message"}}</c>, Anthropic with <c>details.error_code</c>. The message is read for
/// one thing only and never kept: it may repeat what was sent, or parts of a key.
/// </summary>
sealed partial record VendorError(string? Type, string? Code, bool IsAboutCredit)
{
    public static VendorError None { get; } = new(null, null, false);

    /// <summary>Reads an answer; one that is no such JSON says nothing.</summary>
    public static VendorError Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Read(json.RootElement);
        }
        catch (JsonException)
        {
            // A proxy's HTML, or half an answer: the status alone must do.
            return None;
        }
    }

    /// <summary>Reads the whole answer, already parsed.</summary>
    public static VendorError Read(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object ? Of(error) : None;

    /// <summary>What it is, by the vendor's names for errors first, then by the status. 0: there is no status, because it came within a stream.</summary>
    public FaultKind KindWith(int status)
    {
        if (IsAboutCredit)
            return FaultKind.Quota;
        return (Code ?? Type, Type, status) switch
        {
            ("insufficient_quota" or "billing_hard_limit_reached" or "billing_not_active", _, _) or (_, "insufficient_quota" or "billing_error", _) => FaultKind.Quota,
            (_, "authentication_error" or "permission_error", _) or (_, _, 401 or 403) => FaultKind.Auth,
            (_, _, 402) => FaultKind.Quota,
            (_, "rate_limit_error", _) or (_, _, 429) => FaultKind.RateLimited,
            (_, "overloaded_error", _) or (_, _, 503 or 529) => FaultKind.Overloaded,
            (_, "timeout_error", _) or (_, _, 408 or 504) => FaultKind.Stalled,
            (_, "invalid_request_error" or "not_found_error" or "request_too_large", < 500) => FaultKind.BadRequest,
            (_, _, >= 400 and < 500) => FaultKind.BadRequest,
            _ => FaultKind.Transport,
        };
    }

    /// <summary>The vendor's name for it, for a message. Only names: nothing that could be speech.</summary>
    public string Name => Code ?? Type ?? "no name";

    static VendorError Of(JsonElement error)
    {
        var detail = error.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Object ? NameIn(details, "error_code") : null;
        var code = NameIn(error, "code") ?? detail;
        // Anthropic answers an empty account with 400 invalid_request_error: only the message tells it from a mistake of ours.
        var message = error.TryGetProperty("message", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        var isAboutCredit = message.Contains("credit balance is too low", StringComparison.OrdinalIgnoreCase)
            || (code?.Contains("spend_limit", StringComparison.Ordinal) ?? false) || (code?.Contains("billing", StringComparison.Ordinal) ?? false);
        return new VendorError(NameIn(error, "type"), code, isAboutCredit);
    }

    static string? NameIn(JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String && Names().IsMatch(value.GetString()!) ? value.GetString() : null;

    [GeneratedRegex(@"^[a-z][a-z0-9_.]{0,63}\z")]
    private static partial Regex Names();
}
