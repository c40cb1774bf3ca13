using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Faults.Running;

/// <summary>One undisturbed process beside the cluster, with the same engines: what a call would have been without the fault.</summary>
sealed class Twin : IAsyncDisposable
{
    readonly SiloProcess _process;

    Twin(SiloProcess process)
    {
        _process = process;
        Gateways = new Gateways(() => [process.Address]);
    }

    public Gateways Gateways { get; }

    public static async Task<Twin> Start() => new(await SiloProcess.Start(Cluster.Engines));

    public async ValueTask DisposeAsync()
    {
        Gateways.Dispose();
        await _process.DisposeAsync();
    }
}
