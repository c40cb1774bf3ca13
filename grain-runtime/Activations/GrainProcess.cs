using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Cluster;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>The grains and observers of this process: finds or makes the activation of a key and hands calls to it.</summary>
sealed class GrainProcess : IAsyncDisposable
{
    readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    readonly ConcurrentDictionary<Type, GrainClass> _classes = new();
    readonly IServiceScopeFactory _scopes;
    readonly GrainTypes _types;
    readonly GrainCollectionOptions _collection;
    readonly ITimer _collector;
    volatile bool _isStopping;
    Task? _stopped;

    public GrainProcess(
        IServiceScopeFactory scopes,
        GrainTypes types,
        TimeProvider time,
        MessagingOptions messaging,
        IOptions<GrainCollectionOptions> collection,
        RuntimeLog log)
    {
        _scopes = scopes;
        _types = types;
        _collection = collection.Value;
        Time = time;
        Log = log;
        Pending = new PendingCalls(time, messaging.ResponseTimeout);
        Lease = new Lease(time);
        Observers = new ObservedObjects(Lease);
        Factory = new GrainFactory(this, types);
        _collector = time.CreateTimer(_ => EndIdle(), null, _collection.CollectionQuantum, _collection.CollectionQuantum);
    }

    internal TimeProvider Time { get; }

    internal RuntimeLog Log { get; }

    internal PendingCalls Pending { get; }

    internal ObservedObjects Observers { get; }

    internal GrainFactory Factory { get; }

    internal TimeSpan DeactivationTimeout => _collection.DeactivationTimeout;

    /// <summary>The other processes, when there are any.</summary>
    internal ClusterNode? Cluster { get; set; }

    internal Lease Lease { get; }

    internal IEnumerable<GrainId> Activated => _activations.Keys.Where(static id => id.Type != SiloControl.Type);

    public ValueTask DisposeAsync() => new(Stop());

    /// <summary>Ends all activations and takes no further calls that need one.</summary>
    public Task Stop()
    {
        lock (_activations)
            return _stopped ??= StopOnce();
    }

    async Task StopOnce()
    {
        if (Cluster is { } cluster)
            await cluster.BeginLeaving();
        _isStopping = true;
        await _collector.DisposeAsync();
        while (!_activations.IsEmpty)
        {
            await Task.WhenAll(_activations.Values.Select(static activation =>
            {
                activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo stops."));
                return activation.Deactivated;
            }));
        }

        if (Cluster is { } left)
            await left.Leave();
        Pending.Dispose();
    }

    internal void Send(GrainId target, RequestBase call)
    {
        if (!call.IsOneWay)
            Pending.Add(call);
        SendAgain(target, call);
    }

    /// <summary>Takes a call from another process, which has set its deadline.</summary>
    internal void Receive(GrainId target, RequestBase call)
    {
        if (!call.IsOneWay)
            Pending.AddUntilDeadline(call);
        SendAgain(target, call);
    }

    /// <summary>Delivers a call that is already counted as pending.</summary>
    internal void SendAgain(GrainId target, RequestBase call)
    {
        if (target.Type == ObservedObjects.Type)
        {
            SendToObserver(target, call);
            return;
        }

        if (Cluster is { } cluster)
        {
            cluster.Router.Route(target, call);
            return;
        }

        if (!TryActivate(target, call))
            Fail(call, new OrleansMessageRejectionException($"The silo stops, so {target.Type} can't be activated here."));
    }

    /// <summary>Hands a call to the activation of this process, if there is one.</summary>
    internal bool TryDeliver(GrainId target, RequestBase call) => _activations.TryGetValue(target, out var found) && found.TryReceive(call);

    /// <summary>Hands a call to the activation of this process, which is made if need be. False: the process stops.</summary>
    internal bool TryActivate(GrainId target, RequestBase call)
    {
        while (GetOrActivate(target) is { } activation)
        {
            if (activation.TryReceive(call))
                return true;
            // It ended between the look-up and the call, and has left the table by now.
        }

        return false;
    }

    internal void Fail(RequestBase call, Exception error)
    {
        Pending.Remove(call);
        call.Fail(error);
    }

    /// <summary>The grain has done its last turn here: from now on it may live elsewhere.</summary>
    internal async Task LetGo(GrainId id, DeactivationReason reason)
    {
        if (Cluster is { } cluster)
            await cluster.LetGo(id, isMoving: reason.ReasonCode == DeactivationReasonCode.Migrating);
    }

    internal void Forget(Activation activation) =>
        _activations.TryRemove(new KeyValuePair<GrainId, Activation>(activation.GrainId, activation));

    // An observer lives in one process. Without a connection that it has opened nobody can tell it anything.
    void SendToObserver(GrainId target, RequestBase call)
    {
        if (Observers.IsHere(target))
        {
            Observers.Receive(target, call, Pending);
            return;
        }

        try
        {
            if (Cluster?.Peers.OfProcess(ObservedObjects.ProcessOf(target))?.TryRequest(target, call) == true)
                return;
            Fail(call, new SiloUnavailableException($"{call.Name}: the process of this observer has no connection to this one."));
        }
        catch (OrleansException error)
        {
            Fail(call, error);
        }
    }

    void EndIdle()
    {
        var now = Time.GetTimestamp();
        foreach (var activation in _activations.Values)
        {
            if (activation.IsIdle && Time.GetElapsedTime(activation.LastUsed, now) >= _collection.CollectionAge)
                activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "No call came for the collection age."));
        }
    }

    Activation? GetOrActivate(GrainId id)
    {
        if (_activations.TryGetValue(id, out var found))
            return found;
        if (_isStopping)
            return null;

        var grainClass = _classes.GetOrAdd(_types.ClassOf(id.Type), static type => new GrainClass(type));
        var made = new Activation(this, grainClass, id, _scopes.CreateAsyncScope());
        var kept = _activations.GetOrAdd(id, made);
        if (ReferenceEquals(kept, made))
            made.Start();
        return kept;
    }
}

/// <summary>Starts and stops the grains with the host.</summary>
sealed class LifeOfGrains(GrainProcess grains) : Microsoft.Extensions.Hosting.IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => grains.Cluster?.Start(cancellationToken) ?? Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => grains.Stop().WaitAsync(cancellationToken);
}
