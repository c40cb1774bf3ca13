using System.Security.Cryptography;
using System.Text;

namespace VoiceGrains.Gateway.Rest;

/// <summary>Which tenant an api key belongs to. Only hashes are kept, and all are compared in constant time.</summary>
sealed class ApiKeys(GatewayOptions options)
{
    readonly List<(TenantId Tenant, byte[] Hash)> _keys =
        [.. options.ApiKeys.Select(static key => (new TenantId(key.Key), SHA256.HashData(Encoding.UTF8.GetBytes(key.Value))))];

    public TenantId? Find(HttpContext context)
    {
        if (BearerToken.Of(context) is not { } key)
            return null;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        TenantId? found = null;
        foreach (var (tenant, known) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
                found = tenant;
        }

        return found;
    }
}

/// <summary>Lets only callers with a key of a tenant through.</summary>
sealed class ApiKeyFilter(ApiKeys keys) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (keys.Find(context.HttpContext) is not { } tenant)
            return ValueTask.FromResult<object?>(Problems.KeyRefused);
        context.HttpContext.Items[typeof(TenantId)] = tenant;
        return next(context);
    }

    /// <summary>The tenant that the filter found.</summary>
    public static TenantId TenantOf(HttpContext context) => (TenantId)context.Items[typeof(TenantId)]!;
}
