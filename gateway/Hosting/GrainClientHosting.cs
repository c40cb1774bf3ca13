using Orleans.Configuration;
#if ORLEANS
using Orleans.Dashboard;
#endif
using Orleans.Hosting;
using VoiceGrains.Gateway.Ops;

namespace VoiceGrains.Gateway.Hosting;

/// <summary>Connects a gateway to the silos on the runtime that this was built with: the only file of the gateway that knows which.</summary>
static class GrainClientHosting
{
    /// <summary>Lets this process call the grains of the cluster. Returns one line for each setting that is missing.</summary>
    public static IReadOnlyList<string> AddGrainClient(this IHostApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Grains").Get<GrainClientOptions>() ?? new GrainClientOptions();
#if ORLEANS
        const string Store = "Redis";
#else
        const string Store = "Database";
#endif
        if (builder.Configuration.GetConnectionString(Store) is not { } store)
            return [$"ConnectionStrings:{Store} is missing: a gateway finds its silos there."];
        builder.Services.AddSingleton<SilosReachable>();
        builder.Services.AddHealthChecks().AddCheck<SilosReachable>("silos");
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(static cluster => (cluster.ServiceId, cluster.ClusterId) = ("voicegrains", "voicegrains"));
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
            client.AddGatewayCountChangedHandler(static services =>
            {
                var silos = services.GetRequiredService<SilosReachable>();
                return (_, change) => silos.Count = change.NumberOfConnectedGateways;
            });
#if ORLEANS
            client.UseRedisClustering(store);
            client.AddDashboard(static dashboard => dashboard.HideTrace = true);
            client.Services.Configure<Orleans.Serialization.ExceptionSerializationOptions>(static exceptions => exceptions.SupportedNamespacePrefixes.Add(nameof(VoiceGrains)));
            // A call may be on its way to a link that closes: its sender counts on that, and the runtime would log each as an error.
            client.Services.AddLogging(static logging => logging.AddFilter("Orleans.ClientGrainContext", LogLevel.Critical));
            client.Configure<Orleans.Configuration.GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = options.SiloListRefresh);
            // A gateway may start before the first silo.
            client.UseConnectionRetryFilter(async (_, cancellationToken) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
                return true;
            });
#else
            client.UseAdoNetClustering(database => (database.Invariant, database.ConnectionString) = ("Npgsql", store));
#endif
        });
        return [];
    }

    /// <summary>Where the runtime's own dashboard is mounted; null: it brings none, or is left out.</summary>
#if ORLEANS
    public static string? RuntimeDashboard(OpsOptions options) => options.Orleans ? "/ops/orleans" : null;
#else
    public static string? RuntimeDashboard(OpsOptions _) => null;
#endif

    /// <summary>Mounts the dashboard that the runtime brings, if it brings one, where the login of ours stands before it.</summary>
    public static void MapRuntimeDashboard(this WebApplication app)
    {
#if ORLEANS
        if (RuntimeDashboard(app.Services.GetRequiredService<OpsOptions>()) is { } address)
            app.MapOrleansDashboard(address);
#endif
    }
}
