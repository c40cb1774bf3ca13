using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VoiceGrains.Tests.Support;

/// <summary>A Redis server of its own for one test, on a free port of loopback, from Debian's package. Only genuine Orleans needs it.</summary>
public sealed class PrivateRedis : IAsyncDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("redis-").FullName;
    readonly int _port = PrivatePostgres.FreePort();
    Process _process = null!;

    PrivateRedis()
    {
    }

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    public static async Task<PrivateRedis> Start()
    {
        var redis = new PrivateRedis();
        var port = redis._port.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("redis-server", ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", redis._folder, "--logfile", "log"]);
        redis._process = Process.Start(start)!;
        await Until.True("Redis listens", redis.Listens);
        return redis;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    bool Listens()
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
