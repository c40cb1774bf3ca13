using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceGrains.Calls;
using VoiceGrains.Voices;

namespace VoiceGrains.Gateway.Tickets;

/// <summary>Settings of tickets, section <c>Tickets</c>.</summary>
public sealed class TicketOptions
{
    /// <summary>Secret that tickets are signed with; at least 32 bytes of UTF-8. All gateways need the same. In development one is made at start.</summary>
    public string Key { get; set; } = "";

    /// <summary>The secret before it: its tickets are still taken, so that keys can be changed in operation. Default: none.</summary>
    public string? PreviousKey { get; set; }
}

/// <summary>
/// Makes and checks tickets: JSON Web Tokens (RFC 7519) signed with HS256 (RFC 7518 section 3.2), in compact form (RFC 7515). Only this
/// algorithm is taken (RFC 8725 section 3.1), whatever the header says.
/// </summary>
sealed class TicketSigner(TicketOptions options, TimeProvider time)
{
    const int Longest = 4_096;
    const string Issuer = "voicegrains";
    static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(5);
    static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    readonly byte[] _key = Encoding.UTF8.GetBytes(options.Key);
    readonly byte[]? _previousKey = options.PreviousKey is null ? null : Encoding.UTF8.GetBytes(options.PreviousKey);

    public string Sign(Ticket ticket)
    {
        var claims = new Claims(
            Issuer,
            ticket.Use == TicketUse.Join ? "join" : "resume",
            ticket.Tenant.Value,
            ticket.Call.Value,
            ticket.Participant.Value,
            ticket.Name,
            ticket.Language.Tag,
            (int)ticket.Rights,
            ticket.IssuedAt.ToUnixTimeSeconds(),
            ticket.ExpiresAt.ToUnixTimeSeconds(),
            ticket.Epoch,
            ticket.OnceId,
            ticket.Voice,
            ticket.Person?.Value,
            ticket.MayChooseName ? true : null);
        var body = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, TicketJson.Default.Claims))}";
        return $"{body}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(body)))}";
    }

    /// <summary>Checks a ticket. Either the ticket or its flaw is set.</summary>
    public (Ticket? Ticket, TicketFlaw? Flaw) Verify(string token)
    {
        var parts = token.Split('.');
        if (token.Length > Longest || parts.Length != 3 || !TryDecode(parts[0], out var header) || !TryDecode(parts[1], out var body) || !TryDecode(parts[2], out var signature))
            return (null, TicketFlaw.Malformed);
        if (!IsOurHeader(header) || !IsSigned(token.AsSpan(0, parts[0].Length + 1 + parts[1].Length), signature))
            return (null, TicketFlaw.NotOurs);
        if (Read(body) is not { } ticket)
            return (null, TicketFlaw.Malformed);
        var now = time.GetUtcNow();
        if (ticket.ExpiresAt <= now - ClockDifference)
            return (null, TicketFlaw.Expired);
        return ticket.IssuedAt > now + ClockDifference ? (null, TicketFlaw.TooEarly) : (ticket, null);
    }

    static bool TryDecode(string part, out byte[] bytes)
    {
        bytes = [];
        // Only the one canonical spelling: no padding, no spare bits. The decoder that throws would do so for spare bits.
        if (part.Length == 0 || !part.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || part.Length % 4 == 1)
            return false;
        var decoded = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        if (Base64Url.DecodeFromChars(part, decoded, out _, out var length) != OperationStatus.Done)
            return false;
        bytes = decoded[..length];
        return Base64Url.EncodeToString(bytes) == part;
    }

    static bool IsOurHeader(byte[] header)
    {
        try
        {
            var fields = JsonSerializer.Deserialize(header, TicketJson.Default.HeaderFields);
            return fields is { Alg: "HS256", Typ: null or "JWT", Crit: null };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    bool IsSigned(ReadOnlySpan<char> signed, byte[] signature)
    {
        var text = new byte[signed.Length];
        Encoding.ASCII.GetBytes(signed, text);
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, text), signature)
            || (_previousKey is not null && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_previousKey, text), signature));
    }

    static Ticket? Read(byte[] body)
    {
        Claims? claims;
        try
        {
            claims = JsonSerializer.Deserialize(body, TicketJson.Default.Claims);
        }
        catch (JsonException)
        {
            return null;
        }

        if (claims is not { Iss: Issuer, Use: "join" or "resume" }
            || !TenantId.TryParse(claims.Tenant, out var tenant)
            || !CallId.TryParse(claims.Call, out var call)
            || !ParticipantId.TryParse(claims.Sub, out var participant)
            || !Language.TryParse(claims.Lang, out var language)
            || claims.Iat is < 0 or > 253_402_300_799
            || claims.Exp is < 0 or > 253_402_300_799
            || (claims.Voice is null) != (claims.Person is null)
            || (claims.Voice is not null && !VoiceName.TryParse(claims.Voice, out _)))
            return null;
        PersonId? person = null;
        if (claims.Person is not null)
        {
            if (!PersonId.TryParse(claims.Person, out var id))
                return null;
            person = id;
        }

        return new Ticket(
            claims.Use == "join" ? TicketUse.Join : TicketUse.Resume,
            tenant,
            call,
            participant,
            claims.Name,
            language,
            (Rights)claims.Rights,
            DateTimeOffset.FromUnixTimeSeconds(claims.Iat),
            DateTimeOffset.FromUnixTimeSeconds(claims.Exp),
            claims.Epoch,
            claims.Once,
            claims.Voice,
            person,
            claims.ChooseName == true);
    }
}

/// <summary>The header of a token: only these fields may be there.</summary>
sealed record HeaderFields(string Alg, string? Typ = null, string[]? Crit = null);

/// <summary>The body of a token.</summary>
sealed record Claims(
    string Iss, string Use, string Tenant, string Call, string Sub, string Name, string Lang, int Rights, long Iat, long Exp, int Epoch = 0, string? Once = null,
    string? Voice = null, string? Person = null, bool? ChooseName = null);

/// <summary>Strict reading: no unknown or doubled fields, nothing missing.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.General,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 3)]
[JsonSerializable(typeof(HeaderFields))]
[JsonSerializable(typeof(Claims))]
sealed partial class TicketJson : JsonSerializerContext;
