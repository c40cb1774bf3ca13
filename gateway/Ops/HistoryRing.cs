using VoiceGrains.Operations;

namespace VoiceGrains.Gateway.Ops;

/// <summary>
/// The last hour of the cluster and of each process in points of 10 s: averages of what was reported in it. What processes that are gone had stays in the sums of the cluster. Bounded by
/// the hour and the processes that the cluster names. Thread-safe.
/// </summary>
sealed class HistoryRing
{
    public static readonly TimeSpan Slot = TimeSpan.FromSeconds(10);
    public const int Points = 360;

    readonly Lock _gate = new();
    readonly Queue<ClusterPoint> _cluster = [];
    readonly Dictionary<string, Queue<ProcessPoint>> _processes = [];
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
            foreach (var process in figures.Processes.Where(static process => process.IsThere))
            {
                if (!_open.TryGetValue(process.Process.Instance, out var sums))
                    _open[process.Process.Instance] = sums = new Sums(process.Process);
                sums.Add(process.Process.Load);
            }
        }
    }

    /// <summary>All points, the oldest first.</summary>
    public Hour Read()
    {
        lock (_gate)
            return new Hour([.. _cluster], _processes.ToDictionary(static entry => entry.Key, static entry => (IReadOnlyList<ProcessPoint>)[.. entry.Value]), _slot);
    }

    void Close_NeedsLock(ClusterFigures figures)
    {
        if (_open.Count > 0)
            _cluster.Enqueue(Sum_NeedsLock());
        foreach (var (instance, sums) in _open)
        {
            if (!_processes.TryGetValue(instance, out var points))
                _processes[instance] = points = new Queue<ProcessPoint>();
            points.Enqueue(new ProcessPoint(_slot, sums.Cpu, sums.People));
        }

        _open.Clear();
        while (_cluster.TryPeek(out var oldest) && oldest.Slot <= _slot - Points)
            _cluster.Dequeue();
        var named = figures.Processes.Select(static process => process.Process.Instance).ToHashSet();
        foreach (var (instance, points) in _processes.ToList())
        {
            while (points.TryPeek(out var oldest) && oldest.Slot <= _slot - Points)
                points.Dequeue();
            if (points.Count == 0 || !named.Contains(instance))
                _processes.Remove(instance);
        }
    }

    ClusterPoint Sum_NeedsLock()
    {
        // A silo may have a gateway in its process: both tell of the same processor time and memory. And gateways have connections to the same calls.
        var machines = _open.Values.DistinctBy(static sums => sums.Process.Host).ToList();
        var silos = _open.Values.Where(static sums => sums.Process.Kind == ProcessKind.Silo).ToList();
        return new ClusterPoint(
            _slot,
            machines.Average(static sums => sums.Cpu),
            machines.Sum(static sums => sums.Memory),
            silos.Sum(static sums => sums.Calls),
            silos.Sum(static sums => sums.People),
            silos.Sum(static sums => sums.Frames),
            silos.Sum(static sums => sums.Segments));
    }

    /// <param name="OpenSlot">The slot that is not over yet.</param>
    public sealed record Hour(IReadOnlyList<ClusterPoint> Cluster, IReadOnlyDictionary<string, IReadOnlyList<ProcessPoint>> Processes, long OpenSlot);

    /// <summary>One point of the cluster.</summary>
    /// <param name="Slot">Counts tens of seconds since 1970.</param>
    /// <param name="Cpu">Average share of the cores of its processes, 0 to 1.</param>
    /// <param name="Memory">Bytes.</param>
    /// <param name="Frames">A second, as segments.</param>
    public readonly record struct ClusterPoint(long Slot, double Cpu, double Memory, double Calls, double People, double Frames, double Segments);

    /// <summary>One point of a process.</summary>
    /// <param name="Slot">Counts tens of seconds since 1970.</param>
    /// <param name="Cpu">Share of its cores, 0 to 1.</param>
    /// <param name="People">Participants of a silo, connections of a gateway.</param>
    public readonly record struct ProcessPoint(long Slot, double Cpu, double People);

    sealed class Sums(ProcessFigures process)
    {
        int _count;
        double _cpu;
        double _memory;
        double _calls;
        double _people;
        double _frames;
        double _segments;

        public ProcessFigures Process { get; } = process;

        public double Cpu => _cpu / _count;

        public double Memory => _memory / _count;

        public double Calls => _calls / _count;

        public double People => _people / _count;

        public double Frames => _frames / _count;

        public double Segments => _segments / _count;

        public void Add(ProcessLoad load)
        {
            _count++;
            _cpu += load.CpuShare;
            _memory += load.Memory;
            _calls += load.Calls;
            _people += Process.Kind == ProcessKind.Silo ? load.Participants : load.Connections;
            _frames += load.Frames;
            _segments += load.Segments;
        }
    }
}
