using System.Collections.Concurrent;
using Npgsql;
using Orleans.Runtime;
using Orleans.Wire;

namespace Orleans.Cluster;

/// <summary>
/// Brings each call to the silo where its grain lives, or should live. Calls of one process to one grain keep their order: while its place is being found
/// they wait in a line.
/// </summary>
sealed class Router(ClusterNode node)
{
    const int MostWaiting = 10_000;
    const int MostLocations = 100_000;

    readonly ConcurrentDictionary<GrainId, int> _locations = new();
    readonly ConcurrentDictionary<GrainId, Queue<RequestBase>> _lines = new();

    /// <summary>Takes a call. It fails with an <see cref="OrleansException"/> that names the reason when it can't be delivered.</summary>
    internal void Route(GrainId target, RequestBase call)
    {
        call.Journey.Target = target;
        if (!_lines.ContainsKey(target) && TryKnownWay(target, call))
            return;
        var isFull = false;
        Queue<RequestBase> line;
        lock (_lines)
        {
            var isNew = !_lines.TryGetValue(target, out line!);
            if (isNew)
                _lines[target] = line = new Queue<RequestBase>();
            isFull = line.Count >= MostWaiting;
            if (!isFull)
                line.Enqueue(call);
            if (!isNew && !isFull)
                return;
        }

        if (isFull)
            node.Process.Fail(call, new OrleansMessageRejectionException($"{call.Name}: too many calls wait for its grain."));
        else
            _ = Drain(target, line);
    }

    /// <summary>An answer told where the grain lives.</summary>
    internal void Learn(RequestBase call)
    {
        if (call.Journey.FoundAt != 0 && call.Journey.Target is { Key.Value: not null } target)
            Learn(target, call.Journey.FoundAt);
    }

    internal void Learn(GrainId grain, int generation)
    {
        if (_locations.Count >= MostLocations)
            _locations.Clear();
        _locations[grain] = generation;
    }

    // A call that another silo sent on because of what it remembered is not sent on by memory again.
    int Remembered(GrainId target, RequestBase call) => call.Journey is { Hops: < 2, PlaceHere: false }
        && _locations.TryGetValue(target, out var generation) && generation != node.Membership.Generation && node.Membership.View.IsAlive(generation)
        ? generation
        : 0;

    bool TryKnownWay(GrainId target, RequestBase call)
    {
        if (node.Process.TryDeliver(target, call))
            return true;
        try
        {
            return node.Peers.Find(Remembered(target, call))?.Current is { } connection && connection.TryRequest(target, call);
        }
        catch (OrleansException error)
        {
            node.Process.Fail(call, error);
            return true;
        }
    }

    async Task Drain(GrainId target, Queue<RequestBase> line)
    {
        // The line belongs to no grain's turn.
        await Task.Yield();
        while (true)
        {
            RequestBase call;
            lock (_lines)
            {
                if (!line.TryPeek(out call!))
                {
                    _lines.TryRemove(target, out _);
                    return;
                }
            }

            try
            {
                await Deliver(target, call);
            }
            catch (Exception error)
            {
                node.Process.Fail(call, error as OrleansException ?? new OrleansException($"{call.Name} can't be delivered.", error));
            }

            lock (_lines)
                line.Dequeue();
        }
    }

    async Task Deliver(GrainId target, RequestBase call)
    {
        for (var attempt = 0; attempt < Journey.MostHops && call.Journey.Hops < Journey.MostHops; attempt++)
        {
            if (call.IsAnswered || node.Process.TryDeliver(target, call))
                return;
            var generation = await Find(target, call);
            if (generation == node.Membership.Generation)
            {
                if (node.Process.TryActivate(target, call))
                    return;
            }
            else if (await Reach(generation) is { } connection && connection.TryRequest(target, call))
            {
                return;
            }
        }

        throw new OrleansMessageRejectionException($"{call.Name}: its grain moved too often.");
    }

    async Task<int> Find(GrainId target, RequestBase call)
    {
        if (SiloControl.SiloOf(target) is { } silo)
            return silo;
        var self = node.Membership.Generation;
        if (Remembered(target, call) is not 0 and var known)
            return known;
        if (self == 0)
            return Placement.Entry(node.Membership.View, target)?.Generation ?? throw new SiloUnavailableException("No silo is active.");
        if (!call.Journey.PlaceHere)
        {
            var owner = await node.Directory.Lookup(target);
            if (owner != 0 && owner != self)
                return Remember(target, owner);
            if (owner == 0 && !node.IsLeaving && Placement.Choose(node.Membership.View, except: 0) is { } chosen && chosen.Generation != self)
            {
                call.Journey.PlaceHere = true;
                return chosen.Generation;
            }
        }

        call.Journey.PlaceHere = false;
        return node.IsLeaving ? await PlaceElsewhere(target, call, self) : await Claim(target, call, self);
    }

    async Task<int> Claim(GrainId target, RequestBase call, int self)
    {
        var owner = await node.Directory.Claim(target, self);
        if (owner == 0)
            throw new SiloUnavailableException($"{call.Name}: this silo may not activate grains.");
        return owner == self ? self : Remember(target, owner);
    }

    async Task<int> PlaceElsewhere(GrainId target, RequestBase call, int self)
    {
        await node.Directory.Remove(target, self);
        call.Journey.PlaceHere = true;
        return Placement.Choose(node.Membership.View, self)?.Generation
            ?? throw new SiloUnavailableException($"{call.Name}: this silo stops, and no other is active.");
    }

    int Remember(GrainId target, int generation)
    {
        Learn(target, generation);
        return generation;
    }

    /// <summary>The connection to a silo. Null: it has gone, so the grain is to be looked for again.</summary>
    async Task<Connection?> Reach(int generation)
    {
        if (node.Peers.Find(generation) is null)
        {
            try
            {
                await node.Membership.Refresh();
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException)
            {
                throw new SiloUnavailableException("The silo of the grain is not known here, and the database is away.");
            }
        }

        return node.Peers.Find(generation) is { } peer ? await peer.Open() : null;
    }
}
