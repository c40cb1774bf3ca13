using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Load;

/// <summary>A server under load, with what the system says of its process.</summary>
sealed class ServerProcess(Uri address, int process, IAsyncDisposable owner) : IAsyncDisposable
{
    public const string ApiKey = SiloProcess.ApiKey;
    const double TicksPerSecond = 100; // USER_HZ, the unit of /proc on every Linux.

    readonly HttpClient _http = new() { DefaultRequestHeaders = { { "Authorization", $"Bearer {ApiKey}" } } };

    public Uri Address => address;

    public static async Task<ServerProcess> StartVoiceGrains()
    {
        var silo = await SiloProcess.Start(SiloProcess.Scripted);
        return new ServerProcess(silo.Address, silo.Id, silo);
    }

    public static async Task<ServerProcess> StartRelay()
    {
        var file = Path.GetTempFileName();
        // The same settings as the product's runtimeconfig, so that the floor is a fair one.
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["relay", "--urls", "http://127.0.0.1:0", "--AddressFile", file]);
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        var child = new Child(Process.Start(start)!);
        await Until.True("the relay listens", () => File.ReadAllText(file).Length > 0);
        return new ServerProcess(new Uri(await File.ReadAllTextAsync(file)), child.Process.Id, child);
    }

    /// <summary>Processor time so far.</summary>
    public TimeSpan ProcessorTime()
    {
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return TimeSpan.FromSeconds((long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond);
    }

    /// <summary>Resident memory, in bytes.</summary>
    public long Memory()
    {
        var line = File.ReadLines($"/proc/{process}/status").First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Waits until nothing of a participant is pending but the last frame of silence, and says whether its ledger balances with nothing lost.</summary>
    public async Task<bool> IsBalanced(string call, string participant)
    {
        var ledger = default(JsonElement);
        await Until.True($"nothing of {participant} is pending", async () =>
        {
            var figures = await _http.GetFromJsonAsync<JsonElement>(new Uri(address, $"/v1/calls/{call}/participants/{participant}"));
            ledger = figures.GetProperty("ledger");
            return ledger.GetProperty("pending").GetInt64() <= 1;
        });
        return ledger.GetProperty("balanced").GetBoolean() && ledger.GetProperty("lost").GetInt64() == 0;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await owner.DisposeAsync();
    }

    sealed class Child(Process process) : IAsyncDisposable
    {
        public Process Process => process;

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
