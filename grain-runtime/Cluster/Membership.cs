using System.Collections.Concurrent;
using Npgsql;
using Orleans.Activations;
using Orleans.Runtime;

namespace Orleans.Cluster;

/// <summary>
/// Knows which silos there are, and keeps this one among them: renews its lease, reads all rows after every change and at least every 500 ms, and declares
/// silos dead that have gone.
/// </summary>
sealed class Membership(MemberTable table, NpgsqlDataSource database, ClusterNode node)
{
    static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan PingLimit = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    readonly Lock _gate = new();
    readonly ConcurrentDictionary<int, byte> _suspects = new();
    readonly TaskCompletionSource _firstLook = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long _asked;
    long _published;
    volatile ClusterView _view = ClusterView.Empty;

    internal ClusterView View => _view;

    /// <summary>0: this process is no silo, or has not joined.</summary>
    internal int Generation { get; set; }

    /// <summary>Whether this silo takes its row away itself, so that a missing row means nothing.</summary>
    internal bool HasLeftItself { get; set; }

    internal bool IsDatabaseAway { get; private set; }

    /// <summary>Completes when the rows were read for the first time.</summary>
    internal Task FirstLook => _firstLook.Task;

    /// <summary>Looks until cancelled, on one connection that also hears of changes.</summary>
    internal async Task Run(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var askedAt = node.Time.GetTimestamp();
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                await Listen(connection, cancellationToken);
                while (true)
                {
                    askedAt = node.Time.GetTimestamp();
                    await LookOnce(connection, askedAt, cancellationToken);
                    await connection.WaitAsync(Pause(), cancellationToken);
                }
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Whatever it was, without this loop the silo would lose its lease.
                DatabaseIsAway(askedAt, error);
                await Task.Delay(RetryPause, node.Time, CancellationToken.None);
            }
        }
    }

    /// <summary>Reads the rows now: somebody knows a silo that this process does not.</summary>
    internal async Task Refresh()
    {
        var asked = Interlocked.Increment(ref _asked);
        await using var connection = await database.OpenConnectionAsync();
        Publish(await table.View(connection, CancellationToken.None), asked);
    }

    /// <summary>Declares a silo dead, if its row allows it, and tells everybody. Never throws: while the database is away nobody is declared dead.</summary>
    internal async Task<bool> DeclareDead(Member member, bool isRefused)
    {
        try
        {
            var wasFirst = await MemberTable.DeclareDead(database, member.Generation, isRefused, CancellationToken.None);
            if (!wasFirst)
            {
                await Refresh();
                return !View.IsAlive(member.Generation);
            }

            node.Log.DeclaredDead(member.Name, member.Generation, isRefused ? "its port refuses connections" : "its lease has expired and it answers no ping");
            lock (_gate)
                Publish(View.WithDead(member.Generation), Interlocked.Increment(ref _asked));
            await node.Directory.RemoveAll(member.Generation);
            return true;
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Forgets a silo that said that it leaves, before its row is seen to be gone.</summary>
    internal void HasLeft(int generation)
    {
        lock (_gate)
            Publish(View.Without(generation), Interlocked.Increment(ref _asked));
    }

    static async Task Listen(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"LISTEN {MemberTable.Channel}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    async Task LookOnce(NpgsqlConnection connection, long askedAt, CancellationToken cancellationToken)
    {
        var asked = Interlocked.Increment(ref _asked);
        if (Generation != 0)
        {
            if (await MemberTable.Renew(connection, Generation, node.Process.Activated.Count(), cancellationToken))
                node.Lease.Renewed(askedAt);
            else if (!HasLeftItself)
                node.WasDeclaredDead();
        }
        else if (!node.Types.KnowsGrains)
        {
            node.Types.Learn(await table.Grains(connection, cancellationToken));
        }

        Publish(await table.View(connection, cancellationToken), asked);
        if (IsDatabaseAway)
            node.Log.DatabaseIsBack();
        IsDatabaseAway = false;
        _firstLook.TrySetResult();
        foreach (var member in View.Alive.Where(member => member.Generation != Generation && member.LeaseLeft < Lease.Length / 3))
            Suspect(member);
    }

    void DatabaseIsAway(long askedAt, Exception error)
    {
        node.Lease.DatabaseIsAway(askedAt);
        if (!IsDatabaseAway)
            node.Log.DatabaseIsAway(error is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable }
                ? "its schema is older than this program: start a silo of this version first, or use another database"
                : error.GetType().Name);
        IsDatabaseAway = true;
    }

    // The next look comes when a lease runs out, if that is sooner.
    TimeSpan Pause()
    {
        var soonest = View.Alive.Where(member => member.Generation != Generation).Select(static member => member.LeaseLeft).DefaultIfEmpty(Period).Min();
        return soonest > Period ? Period : TimeSpan.FromMilliseconds(Math.Clamp(soonest.TotalMilliseconds, 50, Period.TotalMilliseconds));
    }

    /// <summary>A lease is about to run out: whoever does not answer a ping until it has is dead. One check of a silo at a time.</summary>
    void Suspect(Member member)
    {
        if (_suspects.TryAdd(member.Generation, 0))
            _ = Check();

        async Task Check()
        {
            try
            {
                var limit = member.LeaseLeft > PingLimit ? member.LeaseLeft : PingLimit;
                if (!await node.Peers.IsAlive(member.Generation, limit) && await DeclareDead(member, isRefused: false))
                    return;
            }
            finally
            {
                _suspects.TryRemove(member.Generation, out _);
            }
        }
    }

    // Of two looks the one that was asked for later counts, whichever ends first.
    void Publish(ClusterView view, long asked)
    {
        lock (_gate)
        {
            if (asked <= _published)
                return;
            _published = asked;
            _view = view;
        }

        node.Peers.Follow(view);
    }
}
