using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceGrains.Participants;

namespace VoiceGrains.Gateway.Tickets;

/// <summary>What is wrong with a sealed checkpoint.</summary>
enum SealFlaw
{
    /// <summary>Changed on the way, sealed with another key, or of another call or participant.</summary>
    NotOurs,

    /// <summary>Sealed by another version of the product.</summary>
    OtherVersion,
}

/// <summary>
/// Seals checkpoints for clients to keep: AES-256-GCM (NIST SP 800-38D) with a key derived from the key of tickets by HKDF (RFC 5869), bound to call and participant. Clients
/// can neither read nor change them. Layout: version (1 byte), nonce (12), tag (16), cipher text; in base64url.
/// </summary>
sealed class CheckpointSeal(TicketOptions options)
{
    const byte Version = 1;
    const int NonceSize = 12;
    const int TagSize = 16;
    const int HeaderSize = 1 + NonceSize + TagSize;

    readonly byte[] _key = KeyOf(options.Key);
    readonly byte[]? _previousKey = options.PreviousKey is { } previous ? KeyOf(previous) : null;

    /// <summary>Longest sealed checkpoint that is taken.</summary>
    public static int Longest => Base64Url.GetEncodedLength((2 * Checkpoint.MostBytes) + HeaderSize);

    public string Seal(CallId call, ParticipantId participant, Checkpoint checkpoint)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(checkpoint, CheckpointJson.Default.Checkpoint);
        var sealedBytes = new byte[HeaderSize + plain.Length];
        sealedBytes[0] = Version;
        var nonce = sealedBytes.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(HeaderSize), sealedBytes.AsSpan(1 + NonceSize, TagSize), BoundTo(call, participant));
        return Base64Url.EncodeToString(sealedBytes);
    }

    /// <summary>Opens a checkpoint. Either it or its flaw is set.</summary>
    public (Checkpoint? Checkpoint, SealFlaw? Flaw) Open(CallId call, ParticipantId participant, string text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (text.Length > Longest || Base64Url.DecodeFromChars(text, bytes, out _, out var length) != System.Buffers.OperationStatus.Done || length <= HeaderSize)
            return (null, SealFlaw.NotOurs);
        if (bytes[0] != Version)
            return (null, SealFlaw.OtherVersion);
        var sealedBytes = bytes.AsSpan(0, length);
        return Open(_key, sealedBytes, call, participant) ?? (_previousKey is null ? null : Open(_previousKey, sealedBytes, call, participant)) ?? (null, SealFlaw.NotOurs);
    }

    static byte[] KeyOf(string secret) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: "voicegrains.checkpoint"u8.ToArray());

    static byte[] BoundTo(CallId call, ParticipantId participant) => Encoding.UTF8.GetBytes($"{call}/{participant}");

    // Null: not with this key.
    static (Checkpoint? Checkpoint, SealFlaw? Flaw)? Open(byte[] key, ReadOnlySpan<byte> bytes, CallId call, ParticipantId participant)
    {
        var plain = new byte[bytes.Length - HeaderSize];
        try
        {
            using var aes = new AesGcm(key, TagSize);
            aes.Decrypt(bytes.Slice(1, NonceSize), bytes[HeaderSize..], bytes.Slice(1 + NonceSize, TagSize), plain, BoundTo(call, participant));
            return (JsonSerializer.Deserialize(plain, CheckpointJson.Default.Checkpoint), null);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        catch (JsonException)
        {
            // Sealed by us, with other fields.
            return (null, SealFlaw.OtherVersion);
        }
    }
}

/// <summary>Generated reader and writer. A field that is missing or unknown means another version.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.General,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Checkpoint))]
sealed partial class CheckpointJson : JsonSerializerContext;
