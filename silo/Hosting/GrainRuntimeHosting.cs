using Orleans.Configuration;
using Orleans.Hosting;

namespace VoiceGrains.Silo.Hosting;

/// <summary>Hosts the grains on the runtime that this was built with: the only file of the silo that knows which.</summary>
static class GrainRuntimeHosting
{
#if ORLEANS
    public const string Runtime = "orleans";
#else
    public const string Runtime = "builtin";
#endif

    /// <summary>Settings of the grain runtime, section <c>Grains</c>.</summary>
    public sealed class GrainOptions
    {
        /// <summary>A call between grains without an answer fails after this long. Default: 5 s, because a frame that waits longer is worth nothing.</summary>
        public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(5);

        /// <summary>A grain without calls for this long is put away. Default: 5 min.</summary>
        public TimeSpan IdleLimit { get; set; } = TimeSpan.FromMinutes(5);
    }

    /// <summary>Makes this process a silo. State is kept in memory, or in PostgreSQL when there is a connection string.</summary>
    public static void AddGrains(this IHostApplicationBuilder builder, string? connectionString)
    {
        var options = builder.Configuration.GetSection("Grains").Get<GrainOptions>() ?? new GrainOptions();
        builder.UseOrleans(silo =>
        {
#if ORLEANS
            silo.UseLocalhostClustering();
            silo.Services.AddSingleton<Orleans.Storage.IGrainStorageSerializer, StableJson>();
            // The product's queries delete what is cleared.
            silo.Services.Configure<AdoNetGrainStorageOptions>("grains", static storage => storage.DeleteStateOnClear = true);
#endif
            silo.Configure<ClusterOptions>(static cluster => (cluster.ServiceId, cluster.ClusterId) = ("voicegrains", "voicegrains"));
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
            silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = options.IdleLimit);
            if (connectionString is null)
                silo.AddMemoryGrainStorage("grains");
            else
                silo.AddAdoNetGrainStorage("grains", storage => (storage.Invariant, storage.ConnectionString) = ("Npgsql", connectionString));
        });
    }

#if ORLEANS
    /// <summary>Grain state as plain JSON: the runtime's own serializer writes type and assembly names, so that a rename would break stored state.</summary>
    sealed class StableJson : Orleans.Storage.IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => new(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(input));

        public T Deserialize<T>(BinaryData input) => System.Text.Json.JsonSerializer.Deserialize<T>(input)!;
    }
#endif
}
