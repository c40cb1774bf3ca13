using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace VoiceGrains.Tests.Emulators.Common;

/// <summary>One vendor's double: a real HTTP server on a port of loopback.</summary>
sealed class EmulatorServer : IAsyncDisposable
{
    readonly WebApplication _app;

    EmulatorServer(WebApplication app, Uri address) => (_app, Address) = (app, address);

    /// <summary>Root of the vendor's API.</summary>
    public Uri Address { get; }

    /// <summary>Starts it.</summary>
    /// <param name="port">0: a free one.</param>
    /// <param name="map">Adds the vendor's endpoints.</param>
    public static async Task<EmulatorServer> Start(int port, Action<IEndpointRouteBuilder> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(System.Net.IPAddress.Loopback, port);
            options.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
        });
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new EmulatorServer(app, new Uri(app.Urls.First()));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
