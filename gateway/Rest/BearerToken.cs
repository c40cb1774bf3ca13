using Microsoft.AspNetCore.Cors.Infrastructure;

namespace VoiceGrains.Gateway.Rest;

/// <summary>What stands in <c>Authorization: Bearer ...</c>.</summary>
static class BearerToken
{
    const string Scheme = "Bearer ";

    /// <summary>Pages of any origin may ask with a token: browsers add none by themselves, so whoever sends one has it.</summary>
    public static void FromAnyPage(CorsPolicyBuilder policy) => policy.AllowAnyOrigin().WithMethods("GET").WithHeaders("authorization");

    /// <summary>The token; null: the request has none.</summary>
    public static string? Of(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header[Scheme.Length..].Trim() is { Length: > 0 } token ? token : null;
    }
}
