using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Faults.Running;

/// <summary>The servers under test.</summary>
sealed class Cluster : IAsyncDisposable
{
    /// <summary>Engines as slow and as strict as those of vendors.</summary>
    public static readonly string[] Settings =
    [
        .. SiloProcess.Scripted,
        "--Scripted:FinalAtMarks", "true",
        "--Scripted:RecognizerSpeed", "1.25",
        "--Scripted:RecognizerLatencyMs", "100",
        "--Scripted:TranslatorLatencyMs", "50",
        "--Scripted:SynthesisSpeed", "3",
        "--Scripted:SynthesizedWordMs", "250",
    ];

    readonly SiloProcess _silo;

    Cluster(SiloProcess silo)
    {
        _silo = silo;
        Gateways = new Gateways(() => [silo.Address]);
    }

    public Gateways Gateways { get; }

    public static async Task<Cluster> StartOne() => new(await SiloProcess.Start(Settings));

    public async ValueTask DisposeAsync()
    {
        Gateways.Dispose();
        await _silo.DisposeAsync();
    }
}
