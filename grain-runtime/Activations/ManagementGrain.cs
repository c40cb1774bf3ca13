using System.Net;
using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>Figures of this one process.</summary>
[GrainType("management")]
sealed class ManagementGrain(GrainProcess process) : Grain, IManagementGrain
{
    static readonly SiloAddress ThisSilo = new(new IPEndPoint(IPAddress.Loopback, 0), Environment.ProcessId);

    public Task<int> GetTotalActivationCount() => Task.FromResult(process.Activated.Count());

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => Task.FromResult<SimpleGrainStatistic[]>(
    [
        .. process.Activated
            .GroupBy(static id => id.Type)
            .Select(static group => new SimpleGrainStatistic { GrainType = group.Key.Value, SiloAddress = ThisSilo, ActivationCount = group.Count() }),
    ]);

    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) =>
        Task.FromResult(new Dictionary<SiloAddress, SiloStatus> { [ThisSilo] = SiloStatus.Active });
}
