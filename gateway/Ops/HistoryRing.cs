using VoiceGrains.Operations;

namespace VoiceGrains.Gateway.Ops;

/// <summary>The last hour of each process in points of 10 s: averages of what was reported in it. Bounded by the processes that the cluster names. Thread-safe.</summary>
sealed class HistoryRing
{
    public static readonly TimeSpan Slot = TimeSpan.FromSeconds(10);
    public const int Points = 360;

    readonly Lock _gate = new();
    readonly Dictionary<string, Queue<Point>> _points = [];
    readonly Dictionary<string, Sums> _open = [];
    long _slot;

    /// <summary>Takes the figures of a moment.</summary>
    public void Take(ClusterFigures figures)
    {
        lock (_gate)
        {
            var slot = figures.At.ToUnixTimeSeconds() / (long)Slot.TotalSeconds;
            if (slot != _slot && _slot != 0)
                Close_NeedsLock(figures);
            _slot = slot;
            foreach (var process in figures.Processes.Where(static process => process.State is ProcessState.Alive or ProcessState.Draining))
            {
                if (!_open.TryGetValue(process.Process.Instance, out var sums))
                    _open[process.Process.Instance] = sums = new Sums(process.Process.Kind == ProcessKind.Silo);
                sums.Add(process.Process.Load);
            }
        }
    }

    /// <summary>Points of all processes, the oldest first, and the slot that is not over yet.</summary>
    public (IReadOnlyDictionary<string, IReadOnlyList<Point>> Points, long OpenSlot) Read()
    {
        lock (_gate)
            return (_points.ToDictionary(static entry => entry.Key, static entry => (IReadOnlyList<Point>)[.. entry.Value]), _slot);
    }

    void Close_NeedsLock(ClusterFigures figures)
    {
        foreach (var (instance, sums) in _open)
        {
            if (!_points.TryGetValue(instance, out var points))
                _points[instance] = points = new Queue<Point>();
            points.Enqueue(sums.PointOf(_slot));
        }

        _open.Clear();
        var named = figures.Processes.Select(static process => process.Process.Instance).ToHashSet();
        foreach (var (instance, points) in _points.ToList())
        {
            while (points.TryPeek(out var oldest) && oldest.Slot <= _slot - Points)
                points.Dequeue();
            if (points.Count == 0 || !named.Contains(instance))
                _points.Remove(instance);
        }
    }

    /// <summary>One point: the slot counts tens of seconds since 1970.</summary>
    public readonly record struct Point(long Slot, bool IsSilo, double Cpu, double Memory, double Calls, double People, double Frames, double Segments);

    sealed class Sums(bool isSilo)
    {
        int _count;
        double _cpu;
        double _memory;
        double _calls;
        double _people;
        double _frames;
        double _segments;

        public void Add(ProcessLoad load)
        {
            _count++;
            _cpu += load.Cores > 0 ? load.Cpu / load.Cores : 0;
            _memory += load.Memory;
            _calls += load.Calls;
            _people += isSilo ? load.Participants : load.Connections;
            _frames += load.Frames;
            _segments += load.Segments;
        }

        public Point PointOf(long slot) => new(slot, isSilo, _cpu / _count, _memory / _count, _calls / _count, _people / _count, _frames / _count, _segments / _count);
    }
}
