using System.Collections.Concurrent;
using Orleans.Wire;

namespace Orleans.Cluster;

/// <summary>The connections of this process: one to each silo that is alive, and those that others have opened to it.</summary>
sealed class Peers(ClusterNode node)
{
    readonly ConcurrentDictionary<int, Peer> _silos = new();
    readonly ConcurrentDictionary<Connection, byte> _open = new();
    readonly ConcurrentDictionary<string, Connection> _processes = new();
    int _reachable;
    volatile bool _isClosed;

    /// <summary>Told of each change of the number of silos that can be reached.</summary>
    internal event Action<int, int>? ReachableChanged;

    /// <summary>The silo of this generation; null: it has gone, or is not known yet.</summary>
    internal Peer? Find(int generation) => _silos.GetValueOrDefault(generation);

    /// <summary>The connection that a process has opened to this one; where its observers are called.</summary>
    internal Connection? OfProcess(string process) => _processes.TryGetValue(process, out var found) && found.IsOpen ? found : null;

    /// <summary>Connects to silos that came, and drops those that are dead at once. One that left closes its connections itself.</summary>
    internal void Follow(ClusterView view)
    {
        if (_isClosed)
            return;
        foreach (var member in view.Alive)
        {
            if (member.Generation != node.Membership.Generation && member.Generation != 0)
                _silos.GetOrAdd(member.Generation, _ => new Peer(member, node)).Start();
        }

        foreach (var (generation, peer) in _silos)
        {
            if (view.IsAlive(generation))
                continue;
            _silos.TryRemove(generation, out _);
            if (view.IsDead(generation))
                peer.End();
            else
                peer.EndWithConnection();
        }

        foreach (var connection in _open.Keys)
        {
            if (connection.Peer.Generation != 0 && view.IsDead(connection.Peer.Generation))
                connection.Close();
        }
    }

    /// <summary>Whether a silo answers within this time.</summary>
    internal async Task<bool> IsAlive(int generation, TimeSpan limit)
    {
        if (Find(generation) is not { } peer)
            return false;
        try
        {
            return await peer.Open(limit) is { } connection && await connection.IsAlive(limit);
        }
        catch (Runtime.SiloUnavailableException)
        {
            return false;
        }
    }

    internal void Opened(Connection connection)
    {
        _open[connection] = 0;
        _processes[connection.Peer.Process] = connection;
        if (_isClosed)
            connection.Close();
        CountReachable();
    }

    internal void Closed(Connection connection)
    {
        _open.TryRemove(connection, out _);
        _processes.TryRemove(new KeyValuePair<string, Connection>(connection.Peer.Process, connection));
        CountReachable();
    }

    /// <summary>A silo said that it takes nothing more.</summary>
    internal void Leaves(Connection connection)
    {
        if (connection.Peer.Generation == 0)
            return;
        node.Membership.HasLeft(connection.Peer.Generation);
        if (_silos.TryRemove(connection.Peer.Generation, out var peer))
            peer.EndWithConnection();
    }

    /// <summary>Says good-bye to everybody, waits until all that was under way is answered, and closes.</summary>
    internal async Task Leave(TimeSpan limit)
    {
        var ends = node.Time.GetTimestamp() + (long)(limit.TotalSeconds * node.Time.TimestampFrequency);
        foreach (var connection in _open.Keys)
            connection.SayLeaving();
        try
        {
            await Task.WhenAll(_open.Keys.Select(static connection => connection.LeavingSeen.Task)).WaitAsync(limit, node.Time);
        }
        catch (TimeoutException)
        {
            node.Log.PeersDontSeeLeaving();
        }

        while (_open.Keys.Any(static connection => connection.IsBusy) && node.Time.GetTimestamp() < ends)
            await Task.Delay(TimeSpan.FromMilliseconds(5), node.Time);
        Close();
    }

    internal void Close()
    {
        _isClosed = true;
        foreach (var (generation, peer) in _silos)
        {
            _silos.TryRemove(generation, out _);
            peer.End();
        }

        foreach (var connection in _open.Keys)
            connection.Close();
    }

    void CountReachable()
    {
        var now = _silos.Values.Count(static silo => silo.Current is not null);
        var before = Interlocked.Exchange(ref _reachable, now);
        if (now != before)
            ReachableChanged?.Invoke(now, before);
    }
}
