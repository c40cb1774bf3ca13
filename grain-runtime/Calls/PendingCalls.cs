using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>The calls whose callers wait. One timer for all of them: a timer per frame call would cost more than the call.</summary>
sealed class PendingCalls : IDisposable
{
    readonly ConcurrentDictionary<RequestBase, byte> _calls = new(ReferenceEqualityComparer.Instance as IEqualityComparer<RequestBase>);
    readonly TimeProvider _time;
    readonly TimeSpan _timeout;
    readonly ITimer _scan;

    internal PendingCalls(TimeProvider time, TimeSpan timeout)
    {
        _time = time;
        _timeout = timeout;
        var period = TimeSpan.FromTicks(Math.Clamp(timeout.Ticks / 8, TimeSpan.TicksPerMillisecond * 10, TimeSpan.TicksPerSecond));
        _scan = time.CreateTimer(static calls => ((PendingCalls)calls!).Expire(), this, period, period);
    }

    internal void Add(RequestBase call)
    {
        call.Deadline = _time.GetTimestamp() + (long)(_timeout.TotalSeconds * _time.TimestampFrequency);
        _calls.TryAdd(call, 0);
    }

    /// <summary>Counts a call whose caller, in another process, has set the deadline.</summary>
    internal void AddUntilDeadline(RequestBase call) => _calls.TryAdd(call, 0);

    internal void Remove(RequestBase call) => _calls.TryRemove(call, out _);

    public void Dispose()
    {
        _scan.Dispose();
        foreach (var call in _calls.Keys)
            call.Fail(new OrleansMessageRejectionException($"{call.Name}: this process stops."));
    }

    void Expire()
    {
        var now = _time.GetTimestamp();
        foreach (var call in _calls.Keys)
        {
            if (call.Deadline > now)
                continue;
            Remove(call);
            call.Journey.Via?.Forget(call.Journey.Number);
            call.Fail(new TimeoutException($"{call.Name} had no answer within {_timeout}. It may or may not have run."));
        }
    }
}
