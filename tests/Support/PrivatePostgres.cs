using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VoiceGrains.Tests.Support;

/// <summary>A PostgreSQL server of its own for one test, on a free port of loopback, from Debian's package.</summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    const string User = "postgres";

    readonly string _folder = Directory.CreateTempSubdirectory("postgres-").FullName;
    readonly int _port = FreePort();
    long _startedAt;

    PrivatePostgres()
    {
    }

    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username={User};Database=postgres;Timeout=5;Include Error Detail=false");

    /// <summary>Time since the server was started last.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_startedAt);

    static string Binaries => Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin";

    public static async Task<PrivatePostgres> Start()
    {
        var postgres = new PrivatePostgres();
        // The server refuses to run as root.
        if (Environment.IsPrivilegedProcess)
            await Run("chown", User, postgres._folder);
        await AsUser($"{Binaries}/initdb", "-D", postgres.Data, "-U", User, "-A", "trust", "-E", "UTF8", "--no-sync");
        await postgres.StartAgain();
        return postgres;
    }

    public async Task StartAgain()
    {
        await AsUser(
            $"{Binaries}/pg_ctl", "start", "-w", "-D", Data, "-l", Path.Combine(_folder, "log"), "-o", $"-p {_port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300");
        _startedAt = Stopwatch.GetTimestamp();
    }

    /// <summary>Ends it as a crash of its machine would.</summary>
    public Task Stop() => AsUser($"{Binaries}/pg_ctl", "stop", "-w", "-m", "immediate", "-D", Data);

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await Stop();
        Directory.Delete(_folder, recursive: true);
    }

    string Data => Path.Combine(_folder, "data");

    static Task AsUser(params string[] command) =>
        Environment.IsPrivilegedProcess ? Run(["setpriv", $"--reuid={User}", $"--regid={User}", "--init-groups", .. command]) : Run(command);

    // Output goes nowhere: the server inherits it, and would hold a pipe open for as long as it runs.
    static async Task Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", .. command]))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.");
    }

    /// <summary>A port of loopback that nobody listens on just now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
