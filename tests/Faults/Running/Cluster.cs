using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Faults.Running;

/// <summary>The servers that faults strike: silos and gateways in processes of their own.</summary>
sealed class Cluster : IAsyncDisposable
{
    /// <summary>Engines as slow and as strict as those of vendors.</summary>
    public static readonly string[] Engines =
    [
        .. SiloProcess.Scripted,
        "--Scripted:FinalAtMarks", "true",
        "--Scripted:RecognizerSpeed", "1.25",
        "--Scripted:RecognizerLatencyMs", "100",
        "--Scripted:TranslatorLatencyMs", "50",
        "--Scripted:SynthesisSpeed", "3",
        "--Scripted:SynthesizedWordMs", "250",
    ];

    readonly ClusterProcesses _processes;

    Cluster(ClusterProcesses processes)
    {
        _processes = processes;
        Gateways = new Gateways(() => [.. processes.Gateways.Where(static gateway => !gateway.HasEnded).Select(static gateway => gateway.Address)]);
    }

    public IReadOnlyList<ClusterProcess> Silos => _processes.Silos;

    public IReadOnlyList<ClusterProcess> GatewayProcesses => _processes.Gateways;

    public IEnumerable<ClusterProcess> Members => _processes.Members;

    public PrivatePostgres Postgres => _processes.Postgres;

    public Gateways Gateways { get; }

    public static async Task<Cluster> Start(int silos, int gateways) => new(await ClusterProcesses.Start(silos, gateways, Engines));

    /// <summary>Starts again what has ended.</summary>
    public Task Restore() => Task.WhenAll(Members.Where(static member => member.HasEnded).Select(static member => member.StartAgain()));

    public async ValueTask DisposeAsync()
    {
        Gateways.Dispose();
        await _processes.DisposeAsync();
    }
}
