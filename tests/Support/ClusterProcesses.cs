using System.Globalization;

namespace VoiceGrains.Tests.Support;

/// <summary>
/// The product as a cluster on this machine: silos and gateways in processes of their own that share a private PostgreSQL, and on genuine Orleans a private
/// Redis. Nothing of it outlives the test.
/// </summary>
public sealed class ClusterProcesses : IAsyncDisposable
{
    readonly List<ClusterProcess> _silos = [];
    readonly List<ClusterProcess> _gateways = [];
    readonly string _siloProgram;
    readonly string[] _settings;

    ClusterProcesses(PrivatePostgres postgres, PrivateRedis? redis, string siloProgram, string[] settings)
    {
        Postgres = postgres;
        Redis = redis;
        _siloProgram = siloProgram;
        _settings = settings;
    }

    public PrivatePostgres Postgres { get; }

    /// <summary>Null on the built-in runtime, which needs none.</summary>
    public PrivateRedis? Redis { get; }

    public IReadOnlyList<ClusterProcess> Silos => _silos;

    public IReadOnlyList<ClusterProcess> Gateways => _gateways;

    public IEnumerable<ClusterProcess> Members => [.. _silos, .. _gateways];

    /// <summary>Which runtime the product was built on: it decides which stores a cluster needs, and nothing else.</summary>
    static bool IsOnOrleans => AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}orleans{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    /// <summary>Starts a cluster named silo-1, ..., gateway-1, ... and waits until every process is ready. The settings go to all of them.</summary>
    public static Task<ClusterProcesses> Start(int silos, int gateways, params string[] settings) =>
        Start(SiloProcess.Program("VoiceGrains.Silo", "VoiceGrains.Silo"), silos, gateways, ["--Silo:HostGateway", "false", .. settings]);

    /// <summary>The same with another program as the silo.</summary>
    public static async Task<ClusterProcesses> Start(string siloProgram, int silos, int gateways, params string[] settings)
    {
        var cluster = new ClusterProcesses(await PrivatePostgres.Start(), IsOnOrleans ? await PrivateRedis.Start() : null, siloProgram, settings);
        try
        {
            // The first silo makes the tables.
            if (silos > 0)
                await cluster.AddSilo();
            await Task.WhenAll(Enumerable.Range(1, Math.Max(silos - 1, 0)).Select(_ => cluster.AddSilo()));
            await Task.WhenAll(Enumerable.Range(0, gateways).Select(_ => cluster.AddGateway()));
            // Within a lease of its database's start no silo is declared dead: faults begin after that.
            await Until.True("the database is old enough", () => cluster.Postgres.Age > TimeSpan.FromSeconds(3.2));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The member of this name.</summary>
    public ClusterProcess Member(string name) => Members.Single(member => member.Name == name);

    /// <summary>Starts one more silo.</summary>
    public async Task<ClusterProcess> AddSilo()
    {
        var name = Reserve(_silos, "silo");
        string[] ports = ["--Cluster:Port", Port(), "--Cluster:GatewayPort", Port()];
        var silo = await ClusterProcess.Start(name, _siloProgram, [.. Stores, .. ports, .. _settings]);
        Add(_silos, silo);
        return silo;
    }

    /// <summary>Starts one more gateway.</summary>
    public async Task<ClusterProcess> AddGateway()
    {
        var name = Reserve(_gateways, "gateway");
        var gateway = await ClusterProcess.Start(name, SiloProcess.Program("VoiceGrains.Gateway", "VoiceGrains.Gateway"), [.. Stores, .. _settings]);
        Add(_gateways, gateway);
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in Members)
            await member.DisposeAsync();
        await Postgres.DisposeAsync();
        if (Redis is not null)
            await Redis.DisposeAsync();
    }

    string[] Stores =>
    [
        "--ConnectionStrings:Database", $"{Postgres.ConnectionString};Maximum Pool Size=20",
        .. Redis is null ? Array.Empty<string>() : ["--ConnectionStrings:Redis", Redis.ConnectionString],
    ];

    static string Port() => PrivatePostgres.FreePort().ToString(CultureInfo.InvariantCulture);

    int _reservedSilos;
    int _reservedGateways;

    string Reserve(List<ClusterProcess> members, string kind) =>
        $"{kind}-{Interlocked.Increment(ref ReferenceEquals(members, _silos) ? ref _reservedSilos : ref _reservedGateways)}";

    static void Add(List<ClusterProcess> members, ClusterProcess member)
    {
        lock (members)
        {
            members.Add(member);
            members.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        }
    }
}
