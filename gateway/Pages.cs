using Microsoft.Extensions.FileProviders;

namespace VoiceGrains.Gateway;

/// <summary>Serves the pages: plain files beside the program, with headers that let nothing foreign run in them.</summary>
static class Pages
{
    // Sockets go to whichever gateway of the region is there; everything else comes from the page's own.
    const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    const string DemoFolder = "/demo/";

    public static void UsePages(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            // The gate of the dashboard has headers of its own.
            if (!context.Request.Path.StartsWithSegments("/ops"))
                Protect(context.Response.Headers);
            return next(context);
        });
        var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!Directory.Exists(folder))
            return;
        var hasDemo = app.Services.GetRequiredService<GatewayOptions>().Demo;
        app.Use((context, next) =>
        {
            context.Request.Path = FileOf(context.Request.Path, hasDemo);
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder),
            // A page and its scripts must be of one version.
            OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
    }

    /// <summary>The file behind an address. Without the demo nothing of it is found.</summary>
    internal static PathString FileOf(PathString address, bool hasDemo) => $"/{address.Value?.TrimStart('/')}" switch
    {
        "/" => hasDemo ? "/demo/index.html" : "/join.html",
        "/join" => "/join.html",
        "/ops" or "/ops/" => "/ops/index.html",
        { } path when !hasDemo && path.StartsWith(DemoFolder, StringComparison.OrdinalIgnoreCase) => "/no-such-file",
        var path => path,
    };

    static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "microphone=(self), camera=(), geolocation=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
