using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using VoiceGrains.Gateway.Tickets;

namespace VoiceGrains.Gateway.Ops;

/// <summary>
/// Knows the operators' token, and makes what a browser gets in its place: a cookie that says until when it holds, with an HMAC-SHA256 of it. Its key is derived (HKDF, RFC 5869)
/// from the key of tickets, which all gateways share, and from the token: any gateway takes it, and a new token ends every session.
/// Layout: session (6 bytes), end in Unix seconds (8), HMAC (32); in base64url.
/// </summary>
sealed class OpsAccess
{
    public static readonly TimeSpan Validity = TimeSpan.FromHours(8);
    const int IdSize = 6;
    const int BodySize = IdSize + sizeof(long);
    const int Size = BodySize + HMACSHA256.HashSizeInBytes;

    readonly TimeProvider _time;
    readonly byte[]? _tokenHash;
    readonly byte[] _key = [];
    readonly byte[]? _previousKey;

    public OpsAccess(OpsOptions options, TicketOptions tickets, TimeProvider time)
    {
        _time = time;
        if (options.Read(out _) is not { } token)
            return;
        _tokenHash = HashOf(token);
        _key = KeyOf(tickets.Key, _tokenHash);
        _previousKey = tickets.PreviousKey is { } previous ? KeyOf(previous, _tokenHash) : null;
    }

    /// <summary>Whether anybody can sign in.</summary>
    public bool IsOn => _tokenHash is not null;

    /// <summary>Whether it is the token; takes as long for a wrong one.</summary>
    public bool IsToken(string text) => _tokenHash is not null && CryptographicOperations.FixedTimeEquals(_tokenHash, HashOf(text));

    /// <summary>A session that begins now.</summary>
    public OpsSession Begin() => new(
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdSize)),
        DateTimeOffset.FromUnixTimeSeconds((_time.GetUtcNow() + Validity).ToUnixTimeSeconds()),
        IsBrowser: true);

    /// <summary>The session as a cookie's value.</summary>
    public string Sign(OpsSession session)
    {
        var bytes = new byte[Size];
        Convert.FromHexString(session.Id, bytes.AsSpan(0, IdSize), out _, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(IdSize), session.ExpiresAt.ToUnixTimeSeconds());
        HMACSHA256.HashData(_key, bytes.AsSpan(0, BodySize), bytes.AsSpan(BodySize));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The session of a cookie. Null: it is none of ours, or over.</summary>
    public OpsSession? Verify(string cookie)
    {
        var bytes = new byte[Size];
        if (!IsOn || cookie.Length != Base64Url.GetEncodedLength(Size)
            || Base64Url.DecodeFromChars(cookie, bytes, out _, out var length) != System.Buffers.OperationStatus.Done || length != Size)
            return null;
        if (!IsSigned(_key, bytes) && !(_previousKey is { } previous && IsSigned(previous, bytes)))
            return null;
        var end = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(IdSize));
        if (end <= _time.GetUtcNow().ToUnixTimeSeconds())
            return null;
        return new OpsSession(Convert.ToHexStringLower(bytes.AsSpan(0, IdSize)), DateTimeOffset.FromUnixTimeSeconds(end), IsBrowser: true);
    }

    static bool IsSigned(byte[] key, byte[] bytes)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, bytes.AsSpan(0, BodySize), expected);
        return CryptographicOperations.FixedTimeEquals(expected, bytes.AsSpan(BodySize));
    }

    static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    static byte[] KeyOf(string ticketKey, byte[] tokenHash) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(ticketKey), 32, salt: tokenHash, info: "voicegrains ops session v1"u8.ToArray());
}
