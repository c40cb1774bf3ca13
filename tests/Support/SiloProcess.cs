using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using VoiceGrains.Client;

namespace VoiceGrains.Tests.Support;

/// <summary>The product as an operator runs it: silo and gateway in a process of their own, on a free port of loopback.</summary>
public sealed partial class SiloProcess : IAsyncDisposable
{
    public const string Tenant = "demo";
    public const string ApiKey = "key-of-the-tests-only";
    public const string TicketKey = "a key for tickets that only the tests know, 48 b";

    /// <summary>What operators sign in with.</summary>
    public const string OpsToken = "token-of-operators-in-tests";

    /// <summary>Engines that answer at once and without mistakes. Their speech carries its words, which nobody could read any more if it were played faster.</summary>
    public static readonly string[] Scripted =
        ["--Engines:Recognizers", "scripted", "--Engines:Translators", "scripted", "--Engines:Synthesizers", "scripted", "--Engines:CatchUp", "false"];

    /// <summary>The first page with its demo call, which exists in development only.</summary>
    public static readonly string[] WithDemo = ["--environment", "Development", "--Gateway:Demo", "true"];

    internal const int KillAtOnce = 9;
    internal const int Terminate = 15;
    internal const int Continue = 18;
    internal const int Pause = 19;

    static readonly string Configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
    static readonly HttpClient Http = new();

    readonly Process _process;
    readonly ConcurrentQueue<string> _output = new();

    SiloProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>What it wrote so far, on both outputs.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>
    /// Lines of the log that say something went wrong. Genuine Orleans keeps its memory storage in grains, which may end before others that still write to it
    /// while the silo stops; what they write would be lost with the process anyway.
    /// </summary>
    public IEnumerable<string> Errors => _output.Where(static line =>
        (line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal) || line.Contains("\"LogLevel\":\"Critical\"", StringComparison.Ordinal))
        && !line.Contains("MemoryGrainStorage", StringComparison.OrdinalIgnoreCase) && !line.Contains("memorystorage", StringComparison.OrdinalIgnoreCase));

    public CallsClient Calls => new(Address, ApiKey);

    /// <summary>Where a program of this repository was built, beside the tests and on the same grain runtime.</summary>
    public static string Program(string project, string name) =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", project, Configuration, name));

    /// <summary>Starts it and waits until it is ready.</summary>
    public static Task<SiloProcess> Start(params string[] settings) => Start(Program("VoiceGrains.Silo", "VoiceGrains.Silo"), ["--urls", "http://127.0.0.1:0", .. settings]);

    /// <summary>Starts another program that writes its address and says when it is ready, in the same way.</summary>
    internal static async Task<SiloProcess> Start(string program, string[] settings)
    {
        var silo = Launch(program, settings, out var addressFile);
        try
        {
            await Until.True("silo and gateway are ready", () => silo.HasEnded || silo.IsReady(addressFile), TimeSpan.FromMinutes(1));
            return silo.HasEnded ? throw new InvalidOperationException($"The silo ended at start:\n{string.Join('\n', silo.Output)}") : silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
        finally
        {
            File.Delete(addressFile);
        }
    }

    /// <summary>Starts a program that will not become ready.</summary>
    public static SiloProcess Begin(string program, params string[] settings) => Launch(program, ["--urls", "http://127.0.0.1:0", .. settings], out _);

    /// <summary>Starts the silo's program with another command than to serve.</summary>
    public static SiloProcess BeginCommand(string command, params string[] settings) =>
        Launch(Program("VoiceGrains.Silo", "VoiceGrains.Silo"), settings, out _, command);

    /// <summary>Runs it to its end; for starts that must fail.</summary>
    public static async Task<(int Code, string Output)> Run(params string[] settings)
    {
        await using var silo = Launch(Program("VoiceGrains.Silo", "VoiceGrains.Silo"), settings, out _);
        await Until.True("the silo ends", () => silo.HasEnded);
        await silo._process.WaitForExitAsync();
        return (silo._process.ExitCode, string.Join('\n', silo.Output));
    }

    /// <summary>Asks it to stop, as an operator does. Returns its exit code.</summary>
    public async Task<int> Stop()
    {
        Send(Terminate);
        await Until.True("the silo stops", () => HasEnded, TimeSpan.FromSeconds(40));
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Ends it as a crash does.</summary>
    public async Task Kill()
    {
        Send(KillAtOnce);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasEnded)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Whether the process has ended, for whatever reason.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Completes when it has ended and all it wrote has been read.</summary>
    internal Task Ended => _process.WaitForExitAsync();

    /// <summary>Of a process that has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Sends a signal.</summary>
    internal void Send(int signal) => _ = Signal(_process.Id, signal);

    static SiloProcess Launch(string program, string[] settings, out string addressFile, string command = "serve")
    {
        addressFile = Path.GetTempFileName();
        var start = new ProcessStartInfo(program, [command, .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["Tickets__Key"] = TicketKey;
        start.Environment["Gateway__ApiKeys__demo"] = ApiKey;
        start.Environment["Gateway__ApiKeys__other"] = ApiKey + "-of-another-tenant";
        start.Environment["Ops__Token"] = OpsToken;
        // It looks at every call, and logs of silos that die as of errors.
        start.Environment["Ops__Orleans"] = "false";
        start.Environment["AddressFile"] = addressFile;
        return new SiloProcess(Process.Start(start)!);
    }

    bool IsReady(string addressFile)
    {
        if (File.ReadAllText(addressFile) is not { Length: > 0 } address)
            return false;
        Address = new Uri(address);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, "/health/ready"));
        using var response = Http.Send(request);
        return response.StatusCode == HttpStatusCode.OK;
    }

    void Keep(string? line)
    {
        if (line is not null)
            _output.Enqueue(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
