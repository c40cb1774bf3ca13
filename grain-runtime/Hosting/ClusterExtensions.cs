using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Activations;
using Orleans.Cluster;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Settles what a process that calls grains without hosting any is made of.</summary>
public interface IClientBuilder
{
    IServiceCollection Services { get; }

    IConfiguration Configuration { get; }
}

sealed class ClientBuilder(IServiceCollection services, IConfiguration configuration) : IClientBuilder
{
    public IServiceCollection Services { get; } = services;

    public IConfiguration Configuration { get; } = configuration;
}

/// <summary>Options of a client.</summary>
public static class ClientBuilderExtensions
{
    /// <summary>Sets an option of the client.</summary>
    public static IClientBuilder Configure<TOptions>(this IClientBuilder builder, Action<TOptions> configureOptions)
        where TOptions : class
    {
        builder.Services.Configure(configureOptions);
        return builder;
    }

    /// <summary>Is told whenever the number of silos changes that the client is connected to.</summary>
    public static IClientBuilder AddGatewayCountChangedHandler(this IClientBuilder builder, Func<IServiceProvider, GatewayCountChangedHandler> handlerFactory)
    {
        builder.Services.AddSingleton(handlerFactory);
        return builder;
    }
}

/// <summary>Where a silo is reached.</summary>
public static class EndpointOptionsExtensions
{
    /// <summary>Sets the silo's address. The port for clients is not used here: they use the silo port too.</summary>
    public static ISiloBuilder ConfigureEndpoints(this ISiloBuilder builder, IPAddress advertisedIP, int siloPort, int gatewayPort, bool listenOnAnyHostAddress = false) =>
        builder.Configure<EndpointOptions>(options => (options.AdvertisedIPAddress, options.SiloPort) = (advertisedIP, siloPort));
}

/// <summary>Clusters of several processes that share a PostgreSQL.</summary>
public static class AdoNetHostingExtensions
{
    /// <summary>Makes the silo one of several.</summary>
    public static ISiloBuilder UseAdoNetClustering(this ISiloBuilder builder, Action<AdoNetClusteringSiloOptions> configureOptions)
    {
        builder.Services.Configure(configureOptions);
        builder.Services.AddSingleton(static services => new ClusterSettings(
            services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId,
            services.GetRequiredService<IOptions<SiloOptions>>().Value.SiloName,
            services.GetRequiredService<IOptions<AdoNetClusteringSiloOptions>>().Value.ConnectionString,
            EndpointOf(services.GetRequiredService<IOptions<EndpointOptions>>().Value)));
        return builder;
    }

    /// <summary>Lets the client find the silos.</summary>
    public static IClientBuilder UseAdoNetClustering(this IClientBuilder builder, Action<AdoNetClusteringClientOptions> configureOptions)
    {
        builder.Services.Configure(configureOptions);
        builder.Services.AddSingleton(static services => new ClusterSettings(
            services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId,
            $"client-{Environment.ProcessId}",
            services.GetRequiredService<IOptions<AdoNetClusteringClientOptions>>().Value.ConnectionString,
            Listen: null));
        return builder;
    }

    static IPEndPoint EndpointOf(EndpointOptions options) => new(options.AdvertisedIPAddress, options.SiloPort);
}
