using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Activations;
using Orleans.Cluster;
using Orleans.Configuration;
using Orleans.Storage;

namespace Orleans.Hosting
{
    /// <summary>Settles what a silo is made of.</summary>
    public interface ISiloBuilder
    {
        IServiceCollection Services { get; }

        IConfiguration Configuration { get; }
    }

    sealed class SiloBuilder(IServiceCollection services, IConfiguration configuration) : ISiloBuilder
    {
        public IServiceCollection Services { get; } = services;

        public IConfiguration Configuration { get; } = configuration;
    }

    /// <summary>Options and stores of a silo.</summary>
    public static class SiloBuilderExtensions
    {
        /// <summary>Sets an option of the silo.</summary>
        public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, Action<TOptions> configureOptions)
            where TOptions : class
        {
            builder.Services.Configure(configureOptions);
            return builder;
        }

        /// <summary>Keeps the grain state of this name in memory, for as long as the process lives.</summary>
        public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name)
        {
            builder.Services.AddKeyedSingleton<IGrainStorage, MemoryGrainStorage>(name);
            return builder;
        }

        /// <summary>Keeps the grain state of this name in PostgreSQL.</summary>
        public static ISiloBuilder AddAdoNetGrainStorage(this ISiloBuilder builder, string name, Action<AdoNetGrainStorageOptions> configureOptions)
        {
            builder.Services.Configure(name, configureOptions);
            builder.Services.AddKeyedSingleton<IGrainStorage>(name, (services, _) => new PostgresGrainStorage(
                services.GetRequiredService<IOptionsMonitor<AdoNetGrainStorageOptions>>().Get(name),
                services.GetRequiredService<IOptions<ClusterOptions>>().Value));
            return builder;
        }
    }
}

namespace Microsoft.Extensions.Hosting
{
    /// <summary>Hosts grains in a program, or lets it call them.</summary>
    public static class GenericHostExtensions
    {
        /// <summary>Makes this process a silo: grains live in it.</summary>
        public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder, Action<Orleans.Hosting.ISiloBuilder> configureDelegate)
        {
            AddProcess<SiloMessagingOptions>(hostAppBuilder.Services);
            hostAppBuilder.Services.AddSingleton<Orleans.Runtime.ILocalSiloDetails, LocalSiloDetails>();
            configureDelegate(new Orleans.Hosting.SiloBuilder(hostAppBuilder.Services, hostAppBuilder.Configuration));
            return hostAppBuilder;
        }

        /// <summary>Lets this process call the grains of a cluster.</summary>
        public static IHostApplicationBuilder UseOrleansClient(
            this IHostApplicationBuilder hostAppBuilder, Action<Orleans.Hosting.IClientBuilder> configureDelegate)
        {
            AddProcess<ClientMessagingOptions>(hostAppBuilder.Services);
            configureDelegate(new Orleans.Hosting.ClientBuilder(hostAppBuilder.Services, hostAppBuilder.Configuration));
            return hostAppBuilder;
        }

        static void AddProcess<TMessaging>(IServiceCollection services)
            where TMessaging : MessagingOptions
        {
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton<RuntimeLog>();
            services.AddSingleton(_ => new GrainTypes(GrainTypes.AssembliesOfProgram()));
            services.AddSingleton(Process<TMessaging>);
            // Grains end while everything they use is still there, as a stopping silo does it.
            services.AddHostedService<LifeOfGrains>();
            services.AddScoped<StatesOfActivation>();
            services.AddSingleton<Orleans.IClusterClient>(static provider => provider.GetRequiredService<GrainProcess>().Factory);
            services.AddSingleton<Orleans.IGrainFactory>(static provider => provider.GetRequiredService<Orleans.IClusterClient>());
        }

        static GrainProcess Process<TMessaging>(IServiceProvider services)
            where TMessaging : MessagingOptions
        {
            var process = new GrainProcess(
                services.GetRequiredService<IServiceScopeFactory>(),
                services.GetRequiredService<GrainTypes>(),
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<IOptions<TMessaging>>().Value,
                services.GetRequiredService<IOptions<GrainCollectionOptions>>(),
                services.GetRequiredService<RuntimeLog>());
            if (services.GetService<ClusterSettings>() is not { } settings)
                return process;
            process.Cluster = new ClusterNode(
                settings, process, services.GetRequiredService<GrainTypes>(), services.GetRequiredService<RuntimeLog>(), services.GetServices<ILoggerProvider>());
            foreach (var handler in services.GetServices<Orleans.GatewayCountChangedHandler>())
                process.Cluster.Peers.ReachableChanged += (now, before) => handler(process.Factory, new Orleans.GatewayCountChangedEventArgs(now, before));
            return process;
        }
    }
}
