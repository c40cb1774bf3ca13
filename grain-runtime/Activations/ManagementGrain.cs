using System.Net;
using Orleans.Cluster;
using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>Figures of the cluster: each silo is asked for its own.</summary>
[GrainType("management")]
sealed class ManagementGrain(GrainProcess process, ILocalSiloDetails self) : Grain, IManagementGrain
{
    public async Task<int> GetTotalActivationCount() => (await GetSimpleGrainStatistics()).Sum(static statistic => statistic.ActivationCount);

    public async Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics()
    {
        var silos = (await GetHosts(onlyActive: true)).Keys;
        var figures = await Task.WhenAll(silos.Select(FiguresOf));
        return [.. figures.SelectMany(static figure => figure)];
    }

    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) => Task.FromResult(process.Cluster is { } cluster
        ? cluster.Membership.View.All
            .Where(member => !onlyActive || member.Status == SiloStatus.Active)
            .ToDictionary(static member => member.Address, static member => member.Status)
        : new Dictionary<SiloAddress, SiloStatus> { [self.SiloAddress] = SiloStatus.Active });

    async Task<IEnumerable<SimpleGrainStatistic>> FiguresOf(SiloAddress silo)
    {
        var counts = await GrainFactory.GetGrain<ISiloControl>(silo.Generation).GetSimpleGrainStatistics();
        return counts.Select(count => new SimpleGrainStatistic { GrainType = count.Key, SiloAddress = silo, ActivationCount = count.Value });
    }
}

/// <summary>This silo: its name from the options, its address once it has joined.</summary>
sealed class LocalSiloDetails(
    GrainProcess process,
    Microsoft.Extensions.Options.IOptions<Configuration.SiloOptions> silo,
    Microsoft.Extensions.Options.IOptions<Configuration.ClusterOptions> cluster) : ILocalSiloDetails
{
    static readonly SiloAddress Alone = new(new IPEndPoint(IPAddress.Loopback, 0), Environment.ProcessId);

    public string Name => silo.Value.SiloName;

    public string ClusterId => cluster.Value.ClusterId;

    public SiloAddress SiloAddress => process.Cluster?.Address ?? Alone;
}
