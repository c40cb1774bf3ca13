using System.Collections.Concurrent;

namespace VoiceGrains.Tests.Load;

/// <summary>Latencies of one kind, in milliseconds.</summary>
sealed class Latencies
{
    readonly ConcurrentBag<double> _all = [];
    List<double>? _sorted;

    public void Add(TimeSpan latency) => _all.Add(latency.TotalMilliseconds);

    public int Count => _all.Count;

    /// <summary>A share of them is not slower than this. Not a number without any.</summary>
    public double At(double share)
    {
        _sorted ??= [.. _all.Order()];
        return _sorted.Count == 0 ? double.NaN : _sorted[Math.Min(_sorted.Count - 1, (int)(_sorted.Count * share))];
    }
}
