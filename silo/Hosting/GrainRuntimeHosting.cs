using System.Net;
#if ORLEANS
using System.Security.Cryptography;
#endif
using Orleans.Configuration;
using Orleans.Hosting;
#if ORLEANS
using Orleans.Core;
using Orleans.Dashboard;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.Serialization;
using Orleans.Storage;
#endif
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.Vendors;

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
    /// Throws <see cref="SettingsException"/>.
    /// </summary>
    public static void AddGrains(this IHostApplicationBuilder builder, string? connectionString)
    {
        var mistakes = new List<string>();
        var options = VendorSettings.Read<GrainOptions>(builder.Configuration, "Grains", mistakes);
        var cluster = VendorSettings.Read<ClusterMemberOptions>(builder.Configuration, "Cluster", mistakes);
        if (!IPAddress.TryParse(cluster.Address, out _))
            mistakes.Add("Cluster:Address must be an address such as 10.0.0.1, because the other silos connect to it.");
        if (mistakes.Count > 0)
            throw new SettingsException(mistakes);
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
        // Gateways show it under /ops/orleans. It looks at every call between grains, so a silo collects for it only where operators are expected.
        if (configuration.GetSection("Ops").GetChildren().Any() && configuration.GetValue("Ops:Orleans", true))
            silo.AddDashboard(static dashboard => dashboard.HideTrace = true);
        silo.Services.AddSingleton<IGrainStorageSerializer, StableJson>();
        silo.Services.AddSingleton<IPersistentStateFactory, KeptStates>();
        silo.Services.Configure<ExceptionSerializationOptions>(static exceptions => exceptions.SupportedNamespacePrefixes.Add(nameof(VoiceGrains)));
        // A call may be on its way to a link that closes: its sender counts on that, and the runtime would log each as an error.
        silo.Services.AddLogging(static logging => logging.AddFilter("Orleans.Runtime.HostedClient", LogLevel.Critical));
        // While the last silo stops nobody can be asked any more: whoever asks is told so, and counts on it.
        silo.Services.AddLogging(static logging => logging.AddFilter("Orleans.Messaging", LogLevel.Critical));
        silo.Services.AddSingleton<PlacementStrategy, AnySilo>();
        silo.AddPlacementDirector<AnySilo, AnySiloDirector>();
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
        // The usual directory gives up, with each silo that dies, the grains on other silos that it kept the places of: a third of three. This one finds them again.
#pragma warning disable ORLEANSEXP003 // Marked as experimental.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        // Nor does anybody wait until a silo that was declared dead surely is: participants fence what it may still say.
        silo.Configure<GrainDirectoryOptions>(static directory => directory.RangeLeaseDuration = TimeSpan.Zero);
        silo.ConfigureEndpoints(IPAddress.Parse(cluster.Address), port, cluster.GatewayPort);
        var liveness = configuration.GetSection("Grains:Membership").Get<LivenessOptions>() ?? new LivenessOptions();
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = liveness.ProbeTimeout;
            membership.MinProbeTimeout = liveness.MinProbeTimeout;
            membership.MaxProbeTimeout = liveness.MaxProbeTimeout;
            membership.NumMissedProbesLimit = liveness.MissedProbes;
            membership.EnableIndirectProbes = liveness.IndirectProbes;
            membership.NumVotesForDeathDeclaration = liveness.Votes;
            membership.TableRefreshTimeout = liveness.TableRefresh;
            membership.IAmAliveTablePublishTimeout = liveness.AlivePublish;
            membership.LocalHealthDegradationMonitoringPeriod = liveness.HealthMonitoring;
        });
    }

    /// <summary>Where grains live: the runtime's usual choice, but a grain that moves goes elsewhere, although the silo that asks is usually preferred.</summary>
    sealed class AnySilo : PlacementStrategy;

    /// <inheritdoc cref="AnySilo"/>
    sealed class AnySiloDirector([FromKeyedServices(typeof(ResourceOptimizedPlacement))] IPlacementDirector usual, IGrainContextAccessor running) : IPlacementDirector
    {
        static readonly ResourceOptimizedPlacement Usual = new();

        public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
        {
            // Only a grain that moves asks for its own place.
            SiloAddress[] others = running.GrainContext.GrainId == target.GrainIdentity
                ? [.. context.GetCompatibleSilos(target).Where(silo => !silo.Equals(context.LocalSilo))]
                : [];
            return others.Length == 0
                ? usual.OnAddActivation(Usual, target, context)
                : Task.FromResult(others[RandomNumberGenerator.GetInt32(others.Length)]);
        }
    }

    /// <summary>Grain state as plain JSON: the runtime's own serializer writes type and assembly names, so that a rename would break stored state.</summary>
    sealed class StableJson : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => new(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(input));

        public T Deserialize<T>(BinaryData input) => System.Text.Json.JsonSerializer.Deserialize<T>(input)!;
    }

    /// <summary>
    /// State is read where it is kept, also by a grain that has moved. The runtime's own states travel with the grain, for which they need a codec of the runtime's: without one each
    /// move logs two errors and then reads all the same.
    /// </summary>
    sealed class KeptStates : IPersistentStateFactory
    {
        public IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration configuration)
        {
            IPersistentState<TState> state = new KeptState<TState>(configuration.StateName, context, context.ActivationServices.GetRequiredKeyedService<IGrainStorage>(configuration.StorageName));
            context.ObservableLifecycle.Subscribe(nameof(KeptStates), GrainLifecycleStage.SetupState, state.ReadStateAsync);
            return state;
        }
    }

    sealed class KeptState<TState>(string name, IGrainContext context, IGrainStorage storage) : StateStorageBridge<TState>(name, context, storage), IPersistentState<TState>;
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
