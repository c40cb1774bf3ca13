using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace VoiceGrains;

/// <summary>A call: <c>{region}-{random}</c>, for example <c>local-k3v9x2m4q7ab</c>. The region says which cluster the call lives in.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.CallId")]
public readonly partial record struct CallId(string Value)
{
    const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>The part before the last dash.</summary>
    public string Region => Value[..Value.LastIndexOf('-')];

    /// <summary>A new id that nobody can guess (59 bits).</summary>
    public static CallId New(string region) => new($"{region}-{RandomNumberGenerator.GetString(Alphabet, 12)}");

    public static bool TryParse([NotNullWhen(true)] string? text, out CallId id)
    {
        id = new CallId(text ?? "");
        return text is not null && Shape().IsMatch(text);
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"^[a-z0-9]{1,16}(-[a-z0-9]{1,16}){0,3}-[a-z0-9]{8,32}\z")]
    private static partial Regex Shape();
}

/// <summary>A participant within a call: 1 to 64 of letters, digits, <c>_ - .</c></summary>
[GenerateSerializer, Immutable, Alias("voicegrains.ParticipantId")]
public readonly partial record struct ParticipantId(string Value)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out ParticipantId id)
    {
        id = new ParticipantId(text ?? "");
        return text is not null && Shape().IsMatch(text);
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,64}\z")]
    private static partial Regex Shape();
}

/// <summary>
/// A person as the tenant knows them, so that a voice has an owner beyond one call: 1 to 64 of letters, digits, <c>_ - .</c> No name, address or number of theirs.
/// </summary>
[GenerateSerializer, Immutable, Alias("voicegrains.PersonId")]
public readonly record struct PersonId(string Value)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out PersonId id)
    {
        id = new PersonId(text ?? "");
        return ParticipantId.TryParse(text, out _);
    }

    public override string ToString() => Value;
}

/// <summary>A customer of the cluster: 1 to 32 of lower case letters, digits, dash.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.TenantId")]
public readonly partial record struct TenantId(string Value)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out TenantId id)
    {
        id = new TenantId(text ?? "");
        return text is not null && Shape().IsMatch(text);
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z")]
    private static partial Regex Shape();
}

/// <summary>One gateway process.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.GatewayId")]
public readonly record struct GatewayId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Keys of grains.</summary>
public static class GrainKeys
{
    /// <summary><c>{call}/{participant}</c></summary>
    public static string Of(CallId call, ParticipantId participant) => $"{call}/{participant}";

    /// <summary><c>{tenant}/{profile}</c></summary>
    public static string Of(TenantId tenant, string profile) => $"{tenant}/{profile}";

    /// <summary>The two parts of a key made by <see cref="Of(TenantId, string)"/>.</summary>
    public static (TenantId Tenant, string Profile) OfProfile(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (new TenantId(key[..slash]), key[(slash + 1)..]);
    }

    /// <summary><c>tenant/{tenant}</c>: an id of digits alone would be taken for a number, and 42 and 042 for the same one.</summary>
    public static string Of(TenantId tenant) => $"tenant/{tenant}";

    /// <summary>The two parts of a key made by <see cref="Of(CallId, ParticipantId)"/>.</summary>
    public static (CallId Call, ParticipantId Participant) OfParticipant(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (new CallId(key[..slash]), new ParticipantId(key[(slash + 1)..]));
    }
}
