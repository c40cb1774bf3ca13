using System.Net;
using Orleans.Configuration;
using Orleans.Hosting;
using VoiceGrains.Silo.Engines;

namespace VoiceGrains.Silo.Hosting;

/// <summary>Hosts the grains on the runtime that this was built with: the only file of the silo that knows which.</summary>
static class GrainRuntimeHosting
{
#if ORLEANS
    public const string Runtime = "orleans";
#else
    public const string Runtime = "builtin";
#endif

    /// <summary>
    /// Makes this process a silo. State is kept in memory, or in PostgreSQL when there is a connection string. With <c>Cluster:Port</c> it is one of several.
    /// </summary>
    public static void AddGrains(this IHostApplicationBuilder builder, string? connectionString)
    {
        var options = builder.Configuration.GetSection("Grains").Get<GrainOptions>() ?? new GrainOptions();
        var cluster = builder.Configuration.GetSection("Cluster").Get<ClusterMemberOptions>() ?? new ClusterMemberOptions();
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(static cluster => (cluster.ServiceId, cluster.ClusterId) = ("voicegrains", "voicegrains"));
            silo.Configure<SiloOptions>(silo => silo.SiloName = cluster.Name);
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
            silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = options.IdleLimit);
            silo.UseClusterOf(cluster, builder.Configuration);
            if (connectionString is null)
                silo.AddMemoryGrainStorage("grains");
            else
                silo.AddAdoNetGrainStorage("grains", storage => (storage.Invariant, storage.ConnectionString) = ("Npgsql", connectionString));
        });
    }

#if ORLEANS
    static void UseClusterOf(this ISiloBuilder silo, ClusterMemberOptions cluster, IConfiguration configuration)
    {
        silo.Services.AddSingleton<Orleans.Storage.IGrainStorageSerializer, StableJson>();
        // The product's queries delete what is cleared.
        silo.Services.Configure<AdoNetGrainStorageOptions>("grains", static storage => storage.DeleteStateOnClear = true);
        if (cluster.Port is not { } port)
        {
            silo.UseLocalhostClustering();
            return;
        }

        var redis = configuration.GetConnectionString("Redis")
            ?? throw new SettingsException(["ConnectionStrings:Redis is missing: silos with a Cluster:Port find each other there."]);
        silo.UseRedisClustering(redis);
        silo.ConfigureEndpoints(IPAddress.Parse(cluster.Address), port, cluster.GatewayPort);
        var liveness = configuration.GetSection("Grains:Membership").Get<LivenessOptions>() ?? new LivenessOptions();
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = liveness.ProbeTimeout;
            membership.MinProbeTimeout = liveness.MinProbeTimeout;
            membership.MaxProbeTimeout = liveness.MaxProbeTimeout;
            membership.NumMissedProbesLimit = liveness.MissedProbes;
            membership.NumVotesForDeathDeclaration = liveness.Votes;
            membership.TableRefreshTimeout = liveness.TableRefresh;
            membership.IAmAliveTablePublishTimeout = liveness.AlivePublish;
            membership.LocalHealthDegradationMonitoringPeriod = liveness.HealthMonitoring;
        });
    }

    /// <summary>Grain state as plain JSON: the runtime's own serializer writes type and assembly names, so that a rename would break stored state.</summary>
    sealed class StableJson : Orleans.Storage.IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => new(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(input));

        public T Deserialize<T>(BinaryData input) => System.Text.Json.JsonSerializer.Deserialize<T>(input)!;
    }
#else
    static void UseClusterOf(this ISiloBuilder silo, ClusterMemberOptions cluster, IConfiguration configuration)
    {
        if (cluster.Port is not { } port)
            return;
        var database = configuration.GetConnectionString("Database")
            ?? throw new SettingsException(["ConnectionStrings:Database is missing: silos with a Cluster:Port share a PostgreSQL."]);
        silo.ConfigureEndpoints(IPAddress.Loopback, port, cluster.GatewayPort);
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", database));
    }
#endif
}
