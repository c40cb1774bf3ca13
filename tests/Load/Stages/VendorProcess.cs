using System.Diagnostics;
using System.Text.Json;

namespace VoiceGrains.Tests.Load.Stages;

/// <summary>What the double has seen.</summary>
/// <param name="Mistakes">Rules of the vendor that were broken.</param>
/// <param name="Peak">The most that were open at a time, of whatever the vendor counts.</param>
/// <param name="Sockets">How many sockets were opened at ElevenLabs.</param>
sealed record VendorReport(IReadOnlyList<string> Mistakes, int Peak, long Sockets);

/// <summary>
/// The double in a process of its own, as vendors are: its garbage is not collected in ours, and the system tells how much of the processors each of the two needs.
/// It says its address in its first line, answers each line with a report, and ends with its input.
/// </summary>
sealed class VendorProcess : IAsyncDisposable
{
    static readonly string[] Counted = ["socket", "transcriptions", "chat", "speech", "messages", "context", "generation"];

    readonly Process _process;

    VendorProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The child's side.</summary>
    public static async Task<int> Serve(string stage)
    {
        var vendor = await VendorDouble.Start(stage);
        await using var server = vendor.Server;
        Console.WriteLine(vendor.Address);
        while (await Console.In.ReadLineAsync() is not null)
        {
            var peak = Counted.Max(what => vendor.Ledger.Peak(what));
            Console.WriteLine(JsonSerializer.Serialize(new VendorReport([.. vendor.Ledger.Mistakes.Distinct()], peak, vendor.Ledger.CountOf("multi-stream-input"))));
        }

        return 0;
    }

    public static async Task<VendorProcess> Start(string stage)
    {
        var process = StageProcess.Start(["double", stage], isTalkedTo: true);
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The double did not start.");
        return new VendorProcess(process, new Uri(address));
    }

    public async Task<VendorReport> Report()
    {
        await _process.StandardInput.WriteLineAsync();
        return JsonSerializer.Deserialize<VendorReport>(await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The double has ended."))!;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

/// <summary>Starts this program once more, with the runtime settings of the product.</summary>
static class StageProcess
{
    public static Process Start(IEnumerable<string> arguments, bool isTalkedTo = false)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardInput = isTalkedTo, RedirectStandardOutput = isTalkedTo };
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        return Process.Start(start)!;
    }
}
