using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VoiceGrains.Gateway.Hosting;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Cluster.Conformance;

/// <summary>Three silos with the grains of this suite in processes of their own, and clients of them in this process.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    readonly List<WebApplication> _clients = [];

    public ClusterProcesses Processes { get; private set; } = null!;

    /// <summary>A client that all tests share.</summary>
    public IClusterClient Grains { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Processes = await ClusterProcesses.Start(
            SiloProcess.Program("VoiceGrains.Tests.ConformanceSilo", "VoiceGrains.Tests.ConformanceSilo"), silos: 3, gateways: 0, "--Grains:ResponseTimeout", "00:00:03");
        Grains = await NewClient();
    }

    /// <summary>One more client, as a gateway has it.</summary>
    public async Task<IClusterClient> NewClient()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["ConnectionStrings:Database"] = Processes.Postgres.ConnectionString,
            ["ConnectionStrings:Redis"] = Processes.Redis?.ConnectionString,
            ["Grains:ResponseTimeout"] = "00:00:03",
        });
        Assert.Empty(builder.AddGrainClient());
        var client = builder.Build();
        await client.StartAsync();
        _clients.Add(client);
        var silos = client.Services.GetRequiredService<SilosReachable>();
        await Until.True("the client is connected", () => silos.Count > 0);
        return client.Services.GetRequiredService<IClusterClient>();
    }

    /// <summary>A grain that lives on a silo of this name.</summary>
    public async Task<IProbeGrain> ProbeOn(string silo)
    {
        while (true)
        {
            var probe = Grains.GetGrain<IProbeGrain>(Guid.NewGuid().ToString());
            if (await probe.Silo() == silo)
                return probe;
        }
    }

    /// <summary>How long it may take until grains of a killed silo answer elsewhere: genuine Orleans needs missed probes for it.</summary>
    public TimeSpan FailoverLimit => TimeSpan.FromSeconds(Processes.Redis is null ? 1 : 5);

    /// <summary>Whether a call that a silo holds fails as soon as the silo is dead: genuine Orleans may let it run into its timeout.</summary>
    public bool FailsHeldCallsAtOnce => Processes.Redis is null;

    /// <summary>For how long a silo that stops may refuse calls: genuine Orleans rejects what still comes until others know that it is gone, however often a caller tries.</summary>
    public TimeSpan RefusesAtStopFor => Processes.Redis is null ? TimeSpan.Zero : TimeSpan.FromSeconds(2);

    /// <summary>Asks until there is an answer: calls may fail while a silo is being replaced.</summary>
    public async Task<T> Answer<T>(string what, Func<Task<T>> question)
    {
        T answer = default!;
        await Until.True(
            what,
            async () =>
            {
                try
                {
                    answer = await question();
                    return true;
                }
                catch (Exception error) when (error is OrleansException or TimeoutException)
                {
                    return false;
                }
            });
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await Processes.DisposeAsync();
    }
}
