using System.Globalization;
using VoiceGrains.Gateway.Rest;

namespace VoiceGrains.Gateway.Ops;

/// <summary>
/// Stands before everything under <c>/ops</c>: pages, stream and actions, and whatever is mounted there later. Without a token in the settings there is no such place; without a
/// session there is the page to sign in, and nothing else. What a browser sends to change something must come from this gateway's own page.
/// </summary>
sealed class OpsGate(OpsAccess access, LoginAttempts attempts, GatewayOptions options)
{
    public const string Cookie = "voicegrains-ops";
    const string Bearer = "Bearer ";
    const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // The dashboard of genuine Orleans, where that is mounted, brings styles of its own.
    const string PolicyOfOrleans = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

    public async Task Invoke(HttpContext context, Func<Task> next)
    {
        if (!access.IsOn)
        {
            await Problems.Of(StatusCodes.Status404NotFound, "ops-off", "The dashboard is off: set Ops:Token or Ops:TokenFile at every gateway.").ExecuteAsync(context);
            return;
        }

        // Last of all: other pages have other headers, and they come after.
        context.Response.OnStarting(static state => Harden((HttpContext)state), context);
        var (session, refusal) = SessionOf(context);
        if (refusal is null && session is null && !IsPublic(context))
            refusal = MayBeLed(context) ? TypedResults.Redirect("/ops/login") : SignedOut;
        if (refusal is null && IsChange(context) && session is not { IsBrowser: false } && !IsOwnOrigin(context))
            refusal = Problems.Of(StatusCodes.Status403Forbidden, "cross-site", "The request did not come from this dashboard's own page.");
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        if (session is not null)
            context.Items[typeof(OpsSession)] = session;
        if (context.Request.Path == "/ops")
        {
            await TypedResults.LocalRedirect("/ops/").ExecuteAsync(context);
            return;
        }

        if (context.Request.Path == "/ops/")
            context.Request.Path = "/ops/index.html";
        await next();
    }

    /// <summary>Who operates; only behind the gate.</summary>
    public static OpsSession SessionOfRequest(HttpContext context) => (OpsSession)context.Items[typeof(OpsSession)]!;

    public static IResult TooManyAttempts(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, "too-many-attempts", "Too many wrong tokens. Wait, and try again.");
    }

    static IResult SignedOut => Problems.Of(
        StatusCodes.Status401Unauthorized, "ops-token-refused", "Sign in at /ops/login, or send 'Authorization: Bearer TOKEN' with the token of Ops:Token.");

    (OpsSession? Session, IResult? Refusal) SessionOf(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return SessionOfBearer(context, header[Bearer.Length..].Trim());
        return (context.Request.Cookies[Cookie] is { } cookie ? access.Verify(cookie) : null, null);
    }

    (OpsSession? Session, IResult? Refusal) SessionOfBearer(HttpContext context, string token)
    {
        var address = context.Connection.RemoteIpAddress;
        // Who has the token never waits: others behind the same proxy may be guessing.
        if (access.IsToken(token))
            return (new OpsSession("bearer", DateTimeOffset.MaxValue, IsBrowser: false), null);
        if (attempts.WaitOf(address) is var wait && wait > TimeSpan.Zero)
            return (null, TooManyAttempts(context, wait));
        attempts.Fail(address);
        return (null, SignedOut);
    }

    // What the page to sign in is made of.
    static bool IsPublic(HttpContext context) => context.Request.Path.Value is "/ops/login" or "/ops/login.css" or "/ops/icon.svg";

    // Who opened an address in a browser is led to the page; who called an API is told.
    static bool MayBeLed(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    static bool IsChange(HttpContext context) => !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method));

    // Browsers name the origin of each request that is no plain visit, and pages can't change it. Behind a proxy that ends TLS the scheme differs, the host does not.
    bool IsOwnOrigin(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site && site != "same-origin")
            return false;
        if (!Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin))
            return false;
        return string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || (options.PublicUrl is { } own && Uri.TryCreate(own, UriKind.Absolute, out var known) && known.Authority == origin.Authority);
    }

    static Task Harden(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/ops/orleans") ? PolicyOfOrleans : Policy;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        // With less, browsers would not name the origin of forms.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return Task.CompletedTask;
    }
}
