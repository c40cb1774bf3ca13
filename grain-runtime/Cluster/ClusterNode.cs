using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Activations;
using Orleans.Runtime;
using Orleans.Wire;

namespace Orleans.Cluster;

/// <summary>This process as a part of a cluster: joins, finds its way to the others, leaves.</summary>
sealed class ClusterNode : IAsyncDisposable
{
    const int DeclaredDeadExitCode = 3;
    static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(2);
    static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(10);

    readonly ClusterSettings _settings;
    readonly NpgsqlDataSource _database;
    readonly MemberTable _table;
    readonly IEnumerable<ILoggerProvider> _logs;
    readonly Listener? _listener;
    readonly CancellationTokenSource _ending = new();
    Task? _looking;

    public ClusterNode(ClusterSettings settings, GrainProcess process, GrainTypes types, RuntimeLog log, IEnumerable<ILoggerProvider> logs)
    {
        _settings = settings;
        _database = settings.Database();
        _table = new MemberTable(settings.Cluster);
        _logs = logs;
        Process = process;
        Types = types;
        Log = log;
        Handshake = new Handshake(settings.Cluster);
        Directory = new GrainDirectory(_database, settings.Cluster);
        Membership = new Membership(_table, _database, this);
        Peers = new Peers(this);
        Router = new Router(this);
        Messages = new Messages(new MessageCodec(types, process.Factory), process.Time, () => Membership.Generation, Router.Learn);
        if (settings.Listen is { } endpoint)
            _listener = new Listener(endpoint, this);
    }

    internal GrainProcess Process { get; }

    internal GrainTypes Types { get; }

    internal RuntimeLog Log { get; }

    internal Handshake Handshake { get; }

    internal GrainDirectory Directory { get; }

    internal Membership Membership { get; }

    internal Peers Peers { get; }

    internal Router Router { get; }

    internal Messages Messages { get; }

    internal TimeProvider Time => Process.Time;

    internal Lease Lease => Process.Lease;

    /// <summary>Whether this silo takes no grains any more.</summary>
    internal bool IsLeaving { get; private set; }

    internal PeerIdentity Self => new(_settings.Name, Process.Observers.Process, Membership.Generation);

    internal SiloAddress Address => new(_listener?.Endpoint ?? new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0), Membership.Generation);

    /// <summary>Joins as a silo, or begins to follow the silos. Throws <see cref="OrleansException"/> when the database can't be used.</summary>
    internal async Task Start(CancellationToken cancellationToken)
    {
        try
        {
            if (_listener is { } listener)
            {
                listener.Open();
                Membership.Generation = await _table.Join(_database, _settings.Name, listener.Endpoint, Types.Grains, cancellationToken);
                listener.Start();
            }

            _looking = Membership.Run(_ending.Token);
            if (_listener is not null)
            {
                await Membership.FirstLook.WaitAsync(JoinLimit, Time, cancellationToken);
                await MemberTable.SetStatus(_database, Membership.Generation, SiloStatus.Active, cancellationToken);
                await Membership.Refresh();
            }
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw new OrleansException("The schema of the database is older than this program. Start a silo of this version first, or use another database.");
        }
        catch (TimeoutException)
        {
            throw new OrleansException("The database did not answer while this silo joined.");
        }
    }

    /// <summary>Tells everybody that this silo takes no grains any more. What it holds stays until it is let go.</summary>
    internal async Task BeginLeaving()
    {
        IsLeaving = true;
        if (Membership.Generation == 0)
            return;
        try
        {
            await MemberTable.SetStatus(_database, Membership.Generation, SiloStatus.ShuttingDown, CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // Others go on to place here, and are sent on: slower, but nothing is lost.
        }
    }

    /// <summary>The activation of a grain has ended here. When it moves, its row names the next silo already.</summary>
    internal async Task LetGo(GrainId grain, bool isMoving)
    {
        if (grain.Type == SiloControl.Type)
            return;
        try
        {
            if (isMoving && Placement.Choose(Membership.View, Membership.Generation) is { } next)
            {
                await Directory.HandOver(grain, Membership.Generation, next.Generation);
                Router.Learn(grain, next.Generation);
            }
            else
            {
                await Directory.Remove(grain, Membership.Generation);
            }
        }
        catch (OrleansException)
        {
            // The row stays and leads to this silo, which activates the grain anew: right, if not tidy.
        }
    }

    /// <summary>Leaves the cluster when the last activation has ended: calls that still come are sent on, and answered, before the connections close.</summary>
    internal async Task Leave()
    {
        if (Membership.Generation != 0)
        {
            Membership.HasLeftItself = true;
            try
            {
                await Directory.RemoveAll(Membership.Generation);
                await MemberTable.Leave(_database, Membership.Generation, CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                // Whoever finds the port refused declares this silo dead, as after a crash.
            }

        }

        await Peers.Leave(LeaveLimit);
        await DisposeAsync();
    }

    /// <summary>Ends the process: the others have given its grains away.</summary>
    internal void WasDeclaredDead()
    {
        Log.WasDeclaredDead(_settings.Name);
        // Without this the line would be lost in the console's queue. The factory leaves it to the container to dispose of them.
        foreach (var provider in _logs)
            provider.Dispose();
        Environment.Exit(DeclaredDeadExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (_ending.IsCancellationRequested)
            return;
        await _ending.CancelAsync();
        if (_listener is { } listener)
            await listener.Close();
        Peers.Close();
        if (_looking is { } looking)
            await looking;
        Lease.End();
        await _database.DisposeAsync();
    }
}
