using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VoiceGrains.Silo.Hosting;

namespace VoiceGrains.Tests.Cluster.Conformance;

/// <summary>One silo in this process, on the runtime that this was built with.</summary>
public sealed class SiloFixture : IAsyncLifetime
{
    WebApplication _silo = null!;

    public IGrainFactory Grains { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Grains:ResponseTimeout"] = "00:00:01.5",
            ["Urls"] = "http://127.0.0.1:0",
        });
        builder.AddGrains(connectionString: null);
        _silo = builder.Build();
        await _silo.StartAsync();
        Grains = _silo.Services.GetRequiredService<IGrainFactory>();
    }

    public async ValueTask DisposeAsync() => await _silo.DisposeAsync();
}
