using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
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
        IOptions<SiloMessagingOptions> messaging,
        IOptions<GrainCollectionOptions> collection,
        RuntimeLog log)
    {
        _scopes = scopes;
        _types = types;
        _collection = collection.Value;
        Time = time;
        Log = log;
        Pending = new PendingCalls(time, messaging.Value.ResponseTimeout);
        Observers = new ObservedObjects();
        Factory = new GrainFactory(this, types);
        _collector = time.CreateTimer(_ => EndIdle(), null, _collection.CollectionQuantum, _collection.CollectionQuantum);
    }

    internal TimeProvider Time { get; }

    internal RuntimeLog Log { get; }

    internal PendingCalls Pending { get; }

    internal ObservedObjects Observers { get; }

    internal GrainFactory Factory { get; }

    internal TimeSpan DeactivationTimeout => _collection.DeactivationTimeout;

    internal IEnumerable<GrainId> Activated => _activations.Keys;

    public ValueTask DisposeAsync() => new(Stop());

    /// <summary>Ends all activations and takes no further calls that need one.</summary>
    public Task Stop()
    {
        lock (_activations)
            return _stopped ??= StopOnce();
    }

    async Task StopOnce()
    {
        _isStopping = true;
        await _collector.DisposeAsync();
        await Task.WhenAll(_activations.Values.Select(static activation =>
        {
            activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo stops."));
            return activation.Deactivated;
        }));
        Pending.Dispose();
    }

    internal void Send(GrainId target, RequestBase call)
    {
        if (!call.IsOneWay)
            Pending.Add(call);
        SendAgain(target, call);
    }

    /// <summary>Delivers a call that is already counted as pending.</summary>
    internal void SendAgain(GrainId target, RequestBase call)
    {
        if (target.Type == ObservedObjects.Type)
        {
            Observers.Receive(target, call, Pending);
            return;
        }

        try
        {
            while (!GetOrActivate(target).TryReceive(call))
            {
                // It ended between the look-up and the call, and has left the table by now.
            }
        }
        catch (OrleansException error)
        {
            Pending.Remove(call);
            call.Fail(error);
        }
    }

    internal void Forget(Activation activation) =>
        _activations.TryRemove(new KeyValuePair<GrainId, Activation>(activation.GrainId, activation));

    void EndIdle()
    {
        var now = Time.GetTimestamp();
        foreach (var activation in _activations.Values)
        {
            if (activation.IsIdle && Time.GetElapsedTime(activation.LastUsed, now) >= _collection.CollectionAge)
                activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "No call came for the collection age."));
        }
    }

    Activation GetOrActivate(GrainId id)
    {
        if (_activations.TryGetValue(id, out var found))
            return found;
        if (_isStopping)
            throw new OrleansMessageRejectionException($"The silo stops, so {id.Type} can't be activated here.");

        var grainClass = _classes.GetOrAdd(_types.ClassOf(id.Type), static type => new GrainClass(type));
        var made = new Activation(this, grainClass, id, _scopes.CreateAsyncScope());
        var kept = _activations.GetOrAdd(id, made);
        if (ReferenceEquals(kept, made))
            made.Start();
        return kept;
    }
}

/// <summary>Stops the grains with the host.</summary>
sealed class StopOfGrains(GrainProcess grains) : Microsoft.Extensions.Hosting.IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => grains.Stop().WaitAsync(cancellationToken);
}
