using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Clusters;

/// <summary>Two silos and two gateways with scripted engines, for tests that leave all of them running.</summary>
public sealed class CallsCluster : IAsyncLifetime
{
    public ClusterProcesses Processes { get; private set; } = null!;

    public Uri FirstGateway => Processes.Gateways[0].Address;

    public Uri SecondGateway => Processes.Gateways[1].Address;

    public async ValueTask InitializeAsync() => Processes = await ClusterProcesses.Start(silos: 2, gateways: 2, SiloProcess.Scripted);

    public async ValueTask DisposeAsync()
    {
        var errors = Processes.Members.SelectMany(static member => member.Errors).ToList();
        await Processes.DisposeAsync();
        Assert.True(errors.Count == 0, $"The logs hold errors:\n{string.Join('\n', errors.Take(5))}");
    }

    /// <summary>A call, as both gateways serve it.</summary>
    internal async Task<(TestCall Here, TestCall There)> Open(object? settings = null)
    {
        var here = await TestCall.Open(FirstGateway, settings);
        return (here, here.At(SecondGateway));
    }
}

/// <summary>Tests that share the cluster.</summary>
[CollectionDefinition(Name)]
public sealed class CallsClusterCollection : ICollectionFixture<CallsCluster>
{
    public const string Name = "calls on a cluster";
}
