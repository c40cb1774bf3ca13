using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using VoiceGrains.Gateway.Demo;
using VoiceGrains.Gateway.Hosting;
using VoiceGrains.Gateway.Links;
using VoiceGrains.Gateway.Metrics;
using VoiceGrains.Gateway.Ops;
using VoiceGrains.Gateway.Processes;
using VoiceGrains.Gateway.Rest;
using VoiceGrains.Gateway.Sockets;
using VoiceGrains.Gateway.Tickets;

namespace VoiceGrains.Gateway;

/// <summary>A gateway as a part of a program.</summary>
public static class GatewayServices
{
    const int ShortestKey = 32;
    const int LargestBody = 64 * 1024;

    /// <summary>Adds what a gateway needs; the program adds the grains' client. Returns one line for each setting that is wrong.</summary>
    public static IReadOnlyList<string> AddVoiceGateway(this IHostApplicationBuilder builder)
    {
        var mistakes = new List<string>();
        var options = Read<GatewayOptions>(builder.Configuration, "Gateway", mistakes);
        var tickets = Read<TicketOptions>(builder.Configuration, "Tickets", mistakes);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options).AddSingleton(tickets);
        builder.Services.AddSingleton<TicketSigner>().AddSingleton<ApiKeys>().AddSingleton<TranscriptRight>().AddSingleton<TranscriptReads>().AddSingleton<RecordingUploads>().AddSingleton<CallLinks>().AddSingleton<CallSocketServices>();
        builder.Services.AddSingleton<CheckpointSeal>().AddSingleton<GatewayPresence>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<GatewayPresence>());
        builder.Services.AddSingleton<GatewayMeters>();
        builder.Services.AddHostedService<GatewayReports>();
        var ops = Read<OpsOptions>(builder.Configuration, "Ops", mistakes);
        builder.Services.AddOps(ops);
        if (ops.Read(out var opsMistake) is null && opsMistake is not null)
            mistakes.Add(opsMistake);
        if (options.Demo)
            builder.Services.AddSingleton<DemoPage>();
        builder.AddFigures();
        builder.Services.Configure<RouteHandlerOptions>(static routes => routes.ThrowOnBadRequest = false);
        builder.Services.Configure<KestrelServerOptions>(static server => server.Limits.MaxRequestBodySize = LargestBody);
        builder.Services.AddCors();
        builder.Services.AddOpenApi("v1");
        builder.Services.AddProblemDetails(static problems => problems.CustomizeProblemDetails = static context =>
            context.ProblemDetails.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier);
        return [.. mistakes, .. MistakesIn(options, tickets), .. MistakesOfDemo(options, builder.Environment)];
    }

    /// <summary>Maps the gateway's addresses.</summary>
    public static void MapVoiceGateway(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseWebSockets();
        app.UseOpsGate();
        app.UsePages();
        app.UseCors();
        app.MapCalls();
        app.MapTranscript();
        app.MapTicket();
        app.MapVoices();
        app.MapCallSocket();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapFigures();
        app.MapOps();
        if (app.Services.GetRequiredService<OpsAccess>().IsOn)
            app.MapRuntimeDashboard();
        if (app.Services.GetRequiredService<GatewayOptions>().Demo)
            app.MapDemo();
    }

    /// <summary>Adds what <see cref="MapFigures"/> needs, for a program without a gateway too.</summary>
    public static void AddFigures(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<PrometheusText>();
        builder.Services.AddLogLevels();
        builder.Services.AddHealthChecks();
    }

    /// <summary>Maps health and metrics.</summary>
    public static void MapFigures(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteHealth });
        var metrics = app.Services.GetRequiredService<PrometheusText>();
        app.MapGet("/metrics", () => TypedResults.Text(metrics.Write(), "text/plain; version=0.0.4")).ExcludeFromDescription();
    }

    // The status, and a line for each reason why it is not better.
    static Task WriteHealth(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain";
        var reasons = report.Entries.Values.Where(static entry => entry.Status != HealthStatus.Healthy).Select(static entry => $"\n{entry.Description}");
        return context.Response.WriteAsync(report.Status + string.Concat(reasons));
    }

    static T Read<T>(IConfiguration configuration, string section, List<string> mistakes)
        where T : class, new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException error)
        {
            // It names the setting and its value; secrets are texts, which can always be read.
            mistakes.Add($"{section}: {error.Message}");
            return new T();
        }
    }

    static List<string> MistakesIn(GatewayOptions options, TicketOptions tickets)
    {
        var mistakes = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), mistakes, validateAllProperties: true);
        var lines = mistakes.Select(static mistake => mistake.ErrorMessage!).ToList();
        if (System.Text.Encoding.UTF8.GetByteCount(tickets.Key) < ShortestKey)
            lines.Add($"Tickets:Key must have at least {ShortestKey} bytes. Make one with: openssl rand -base64 48");
        lines.AddRange(options.ApiKeys.Keys.Where(static tenant => !TenantId.TryParse(tenant, out _))
            .Select(static tenant => $"Gateway:ApiKeys: '{tenant}' is no tenant id: 1 to 32 lower case letters, digits, dashes."));
        lines.AddRange(options.ApiKeys.Where(static key => key.Value.Length < 16)
            .Select(static key => $"Gateway:ApiKeys:{key.Key} must have at least 16 characters. Make one with: openssl rand -base64 24"));
        if (options.PublicUrl is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"))
            lines.Add("Gateway:PublicUrl must be an address that begins with http:// or https://, for example https://eu1.example.org.");
        return lines;
    }

    // Whoever reaches the page may join, and more.
    static IEnumerable<string> MistakesOfDemo(GatewayOptions options, IHostEnvironment environment)
    {
        if (options.Demo && !environment.IsDevelopment())
            yield return "Gateway:Demo is for development only. Leave it out, or start with ASPNETCORE_ENVIRONMENT=Development.";
        if (options.DemoProcesses is not null && !options.Demo)
            yield return "Gateway:DemoProcesses means nothing without Gateway:Demo. Leave it out.";
    }
}
