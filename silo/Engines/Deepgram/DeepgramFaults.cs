using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>What the vendor's refusals, errors and closes mean. Only codes of the vendor get into messages: its texts may repeat what was sent.</summary>
static class DeepgramFaults
{
    public const string RequestIdHeader = "dg-request-id";
    const string ErrorHeader = "dg-error";

    public static string? Header(IReadOnlyDictionary<string, IEnumerable<string>>? headers, string name) =>
        headers?.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();

    /// <summary>The handshake was refused, or the connection broke in it. The body of a refusal can't be read, its headers can.</summary>
    public static EngineFaultException OfHandshake(string engine, ClientWebSocket socket, WebSocketException error, TimeProvider time)
    {
        var status = (int)socket.HttpStatusCode;
        if (status is 0 or (int)HttpStatusCode.SwitchingProtocols)
            return new EngineFaultException(engine, FaultKind.Transport, "No socket could be opened.", error);
        var code = CodeIn(Header(socket.HttpResponseHeaders, ErrorHeader));
        var kind = status switch
        {
            401 or 403 => FaultKind.Auth,
            402 => FaultKind.Quota,
            429 => FaultKind.RateLimited,
            _ when code is not null && KindOf(code) is { } known => known,
            503 or 529 => FaultKind.Overloaded,
            >= 500 or 408 => FaultKind.Transport,
            _ => FaultKind.BadRequest,
        };
        return new EngineFaultException(engine, kind, $"The socket was refused with {status}{(code is null ? "" : $" {code}")}.", error)
        {
            RequestId = Header(socket.HttpResponseHeaders, RequestIdHeader),
            RetryAfter = RetryAfterOf(Header(socket.HttpResponseHeaders, "Retry-After"), time),
        };
    }

    /// <summary>An error message inside the stream.</summary>
    public static EngineFaultException OfMessage(string engine, string? code, string? requestId)
    {
        var shown = CodeIn(code);
        var kind = (shown is null ? null : KindOf(shown)) ?? FaultKind.Transport;
        return new EngineFaultException(engine, kind, $"The vendor reports {shown ?? "an error"}.") { RequestId = requestId };
    }

    /// <summary>The vendor closed before everything was said. An empty close frame looks like 1000 here, so neither is a success by itself.</summary>
    public static EngineFaultException OfClose(string engine, WebSocketCloseStatus? status, string? reason, string? requestId)
    {
        var code = CodeIn(reason?.Split([' ', ':', ','], 2)[0]);
        var kind = ((int)(status ?? WebSocketCloseStatus.Empty), code) switch
        {
            (1000 or 1005, _) => FaultKind.Truncated,
            (1008 or 1009 or 1007 or 1003 or 1002, _) => FaultKind.BadRequest,
            (1011, "NET-0000") => FaultKind.Stalled,
            (1012 or 1013, _) => FaultKind.Overloaded,
            _ => FaultKind.Transport,
        };
        var shown = ((int)(status ?? WebSocketCloseStatus.Empty)).ToString(CultureInfo.InvariantCulture);
        return new EngineFaultException(engine, kind, $"The vendor closed with {shown}{(code is null ? "" : $" {code}")}.") { RequestId = requestId };
    }

    // The vendor publishes no list of its codes: what they are about stands in their names. The first that fits.
    static FaultKind? KindOf(string code) => CodesAbout.FirstOrDefault(about => about.Parts.Any(part => code.Contains(part, StringComparison.Ordinal))).Kind;

    static readonly (FaultKind? Kind, string[] Parts)[] CodesAbout =
    [
        (FaultKind.Auth, ["AUTH", "PERMISSION"]),
        (FaultKind.RateLimited, ["TOO_MANY", "RATE_LIMIT"]),
        (FaultKind.Quota, ["CREDIT", "PAYMENT"]),
        (FaultKind.BadRequest, ["UNPARSABLE", "INVALID", "DATA-"]),
        (FaultKind.Stalled, ["INACTIVE", "TIMEOUT", "NET-0000"]),
        (FaultKind.Overloaded, ["OVERLOAD", "UNAVAILABLE", "INTERNAL"]),
    ];

    // A code has capitals, digits and dashes; anything else is prose.
    static string? CodeIn(string? text) => text is { Length: > 0 and <= 48 } && text.All(IsOfCode) ? text : null;

    static bool IsOfCode(char letter) => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter is '_' or '-';

    static TimeSpan? RetryAfterOf(string? header, TimeProvider time)
    {
        if (int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);
        var isDate = DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date);
        return isDate && date > time.GetUtcNow() ? date - time.GetUtcNow() : null;
    }
}
