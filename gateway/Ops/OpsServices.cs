using Microsoft.Extensions.Options;
using VoiceGrains.Gateway.Processes;

namespace VoiceGrains.Gateway.Ops;

/// <summary>The dashboard as a part of a gateway.</summary>
static partial class OpsServices
{
    public static void AddOps(this IServiceCollection services, OpsOptions options)
    {
        services.AddSingleton(options).AddSingleton<OpsAccess>().AddSingleton<LoginAttempts>().AddSingleton<OpsGate>();
        services.AddSingleton<FiguresFeed>().AddSingleton<CallView>().AddSingleton<OpsStream>().AddSingleton<OpsAudit>().AddSingleton<OpsActions>();
        services.AddHostedService(static provider => provider.GetRequiredService<FiguresFeed>());
    }

    /// <summary>Lets operators change how much this process logs.</summary>
    public static void AddLogLevels(this IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(LogLevels)))
            return;
        services.AddSingleton<LogLevels>();
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(static provider => provider.GetRequiredService<LogLevels>());
        services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(static provider => provider.GetRequiredService<LogLevels>());
    }

    /// <summary>Stands before everything that could answer under <c>/ops</c>; says in the log when nothing does.</summary>
    public static void UseOpsGate(this WebApplication app)
    {
        var gate = app.Services.GetRequiredService<OpsGate>();
        if (!app.Services.GetRequiredService<OpsAccess>().IsOn)
            LogOff(app.Logger);
        app.Use((context, next) => IsOps(context.Request.Path) ? gate.Invoke(context, () => next(context)) : next(context));
    }

    // Files are found in any case and behind any number of slashes.
    static bool IsOps(PathString path)
    {
        var rest = path.Value.AsSpan().TrimStart('/');
        return rest.StartsWith("ops", StringComparison.OrdinalIgnoreCase) && (rest.Length == 3 || rest[3] == '/');
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "There is no dashboard: set Ops:Token or Ops:TokenFile to get one at /ops.")]
    static partial void LogOff(ILogger logger);
}
