using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using VoiceGrains.Calls;
using VoiceGrains.Gateway.Tickets;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>Makes tickets, the right ones and those that somebody else would make.</summary>
static class TicketForge
{
    public const string Key = "the secret of this cluster: 32 bytes and more";
    public const string Header = """{"alg":"HS256","typ":"JWT"}""";

    public static TicketSigner SignerAt(TimeProvider time, string key = Key, string? previous = null) =>
        new(new TicketOptions { Key = key, PreviousKey = previous }, time);

    public static Ticket TicketAt(TimeProvider time) => new(
        TicketUse.Join,
        new TenantId("acme"),
        new CallId("local-k3v9x2m4q7ab"),
        new ParticipantId("ana"),
        "Ana María",
        Language.Parse("es"),
        Rights.Listen | Rights.Speak,
        time.GetUtcNow(),
        time.GetUtcNow() + TimeSpan.FromHours(1),
        Epoch: 3,
        OnceId: "once-1");

    /// <summary>Claims that are all right. Each of the changes replaces a piece of the JSON.</summary>
    public static string ClaimsAt(TimeProvider time, params (string Old, string New)[] changes)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = $$"""
            {"iss":"voicegrains","use":"join","tenant":"acme","call":"local-k3v9x2m4q7ab","sub":"ana","name":"Ana","lang":"es","rights":3,"iat":{{now}},"exp":{{now + 60}}}
            """;
        return changes.Aggregate(claims, static (text, change) => text.Replace(change.Old, change.New, StringComparison.Ordinal));
    }

    public static string Sign(string header, string body, string key = Key)
    {
        var signed = $"{Encode(header)}.{Encode(body)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
