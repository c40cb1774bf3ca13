using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace VoiceGrains.Gateway.Ops;

/// <summary>Signing in and out with a browser.</summary>
static partial class OpsLogin
{
    const string Place = "<!--message-->";

    public static void MapOpsLogin(this IEndpointRouteBuilder app)
    {
        app.MapGet("/ops/login", () => Page(StatusCodes.Status200OK, null)).ExcludeFromDescription();
        // The origin is checked by the gate, for all changes alike.
        app.MapPost("/ops/login", SignIn).DisableAntiforgery().ExcludeFromDescription();
        app.MapPost("/ops/logout", SignOut).DisableAntiforgery().ExcludeFromDescription();
    }

    static async Task<IResult> SignIn([FromForm] string? token, HttpContext context, OpsAccess access, LoginAttempts attempts, OpsAudit audit, ILogger<OpsAccess> logger)
    {
        var address = context.Connection.RemoteIpAddress;
        if (!access.IsToken(token?.Trim() ?? ""))
        {
            if (attempts.WaitOf(address) is var wait && wait > TimeSpan.Zero)
                return Page(StatusCodes.Status429TooManyRequests, $"Too many wrong tokens. Wait {Math.Ceiling(wait.TotalSeconds):0} s, then try again.");
            attempts.Fail(address);
            LogRefused(logger);
            return Page(StatusCodes.Status401Unauthorized, "This is not the token. It is the one of Ops:Token; in development the start prints it.");
        }

        var session = access.Begin();
        context.Response.Cookies.Append(OpsGate.Cookie, access.Sign(session), CookieOptions(context, session.ExpiresAt));
        await audit.Note(session, context, "sign-in", "dashboard", "signed in");
        return TypedResults.LocalRedirect("/ops/");
    }

    static IResult SignOut(HttpContext context)
    {
        context.Response.Cookies.Delete(OpsGate.Cookie, CookieOptions(context, null));
        return TypedResults.LocalRedirect("/ops/login");
    }

    static CookieOptions CookieOptions(HttpContext context, DateTimeOffset? expiresAt) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps || context.Request.Headers["X-Forwarded-Proto"] == "https",
        Path = "/ops",
        Expires = expiresAt,
    };

    static IResult Page(int status, string? message)
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "wwwroot", "ops", "login.html"));
        var shown = message is null ? "" : $"""<p class="wrong" role="alert">{message}</p>""";
        return TypedResults.Text(page.Replace(Place, shown, StringComparison.Ordinal), "text/html; charset=utf-8", Encoding.UTF8, status);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody tried to sign in to the dashboard with a wrong token.")]
    static partial void LogRefused(ILogger logger);
}
