using System.Collections.Concurrent;
using Orleans.Cluster;
using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>The objects of this process that grains can call. Held weakly: the owner keeps its object and deletes the reference.</summary>
sealed class ObservedObjects(Lease lease)
{
    internal static readonly GrainType Type = new("observer");

    readonly ConcurrentDictionary<string, ObservedObject> _objects = new();

    /// <summary>Identity of this process: the first part of the key of its observers.</summary>
    internal string Process { get; } = Guid.NewGuid().ToString("N");

    internal static string ProcessOf(GrainId observer) => observer.Key.Value.Split('.')[0];

    internal bool IsHere(GrainId observer) => observer.Key.Value.StartsWith(Process, StringComparison.Ordinal);

    internal string Add(IGrainObserver target)
    {
        var key = $"{Process}.{Guid.NewGuid():N}";
        _objects[key] = new ObservedObject(target, lease);
        return key;
    }

    internal void Remove(IGrainObserver reference)
    {
        // As Orleans does: the object itself is not taken for its reference.
        if (reference is not GrainReference { GrainId: var id } || id.Type != Type)
            throw new ArgumentException("Not a reference made by CreateObjectReference.", nameof(reference));
        _objects.TryRemove(id.Key.Value, out _);
    }

    /// <summary>As in Orleans, a call to a reference that is gone gets no answer: the caller's timeout ends it.</summary>
    internal void Receive(GrainId id, RequestBase call, PendingCalls pending)
    {
        if (!_objects.TryGetValue(id.Key.Value, out var found))
            return;
        if (found.Target is null)
            _objects.TryRemove(id.Key.Value, out _);
        else
            found.Receive(call, pending);
    }

    sealed class ObservedObject(IGrainObserver target, Lease lease)
    {
        readonly WeakReference<IGrainObserver> _target = new(target);
        readonly Queue<RequestBase> _waiting = new();
        bool _isRunning;

        internal IGrainObserver? Target => _target.TryGetTarget(out var found) ? found : null;

        internal void Receive(RequestBase call, PendingCalls pending)
        {
            lock (_waiting)
            {
                _waiting.Enqueue(call);
                if (_isRunning)
                    return;
                _isRunning = true;
            }

            ThreadPool.UnsafeQueueUserWorkItem(static work => _ = work.Self.RunAll(work.Pending), (Self: this, Pending: pending), preferLocal: true);
        }

        async Task RunAll(PendingCalls pending)
        {
            while (true)
            {
                RequestBase call;
                lock (_waiting)
                {
                    if (!_waiting.TryDequeue(out call!))
                    {
                        _isRunning = false;
                        return;
                    }
                }

                if (lease.IsMissed)
                    await lease.Confirmed(CancellationToken.None);
                if (Target is { } target && !call.IsAnswered)
                {
                    await call.Answer(target);
                    pending.Remove(call);
                }
            }
        }
    }
}
