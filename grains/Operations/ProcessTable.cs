using System.Collections.Immutable;
using VoiceGrains.Engines;

namespace VoiceGrains.Operations;

/// <summary>The processes of a cluster by their reports: who is there, who is lost, and what they add up to. Not thread-safe.</summary>
sealed class ProcessTable(TimeProvider time)
{
    /// <summary>A process that says nothing for longer is lost.</summary>
    public static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(5);

    /// <summary>Who was lost is named for so long, unless another takes its name.</summary>
    public static readonly TimeSpan LostFor = TimeSpan.FromMinutes(10);

    /// <summary>Who ended in order is named for so long.</summary>
    public static readonly TimeSpan EndedFor = TimeSpan.FromMinutes(1);

    // Who was asked to drain has said so by then, or did not hear it.
    static readonly TimeSpan DrainExpectedFor = TimeSpan.FromSeconds(5);

    const int MostProcesses = 500;

    readonly Dictionary<string, Known> _known = [];

    /// <summary>Takes the place of what the process said before.</summary>
    public void Take(ProcessReport report)
    {
        var process = report.Process;
        Forget();
        if (!_known.ContainsKey(process.Instance) && _known.Count >= MostProcesses)
            return;
        // It was started again: the one before it is over.
        if (process.State != ProcessState.Ended)
        {
            foreach (var before in _known.Values.Where(known => IsPredecessor(known, process)).Select(static known => known.Report.Process.Instance).ToList())
                _known.Remove(before);
        }

        _known[process.Instance] = new Known(report, time.GetTimestamp(), _known.GetValueOrDefault(process.Instance)?.AskedToDrainAt);
    }

    /// <summary>Whether a process that is there can be drained: others must be left for all that ends with it.</summary>
    public DrainAnswer JudgeDrain(string instance)
    {
        var host = _known[instance].Report.Process.Host;
        var (ending, others) = (Of(host, isThis: true), Of(host, isThis: false));
        var result = ending.Contains(ProcessKind.Silo) && !others.Contains(ProcessKind.Silo) ? DrainResult.LastSilo
            : ending.Contains(ProcessKind.Gateway) && !others.Contains(ProcessKind.Gateway) ? DrainResult.LastGateway
            : DrainResult.Drains;
        return new DrainAnswer(result, others.Count(kind => kind == _known[instance].Report.Process.Kind));
    }

    /// <summary>A process is being asked to drain.</summary>
    public void ExpectDrain(string instance)
    {
        var host = _known[instance].Report.Process.Host;
        foreach (var known in _known.Values.Where(known => known.Report.Process.Host == host).ToList())
            _known[known.Report.Process.Instance] = known with { AskedToDrainAt = time.GetTimestamp() };
    }

    /// <summary>The way to a process; null: it is not there.</summary>
    public IProcessControl? ControlOf(string instance) =>
        _known.TryGetValue(instance, out var known) && StateOf(known) is ProcessState.Alive or ProcessState.Draining ? known.Report.Control : null;

    /// <summary>Reports of processes that are there, newest first.</summary>
    public IEnumerable<ProcessReport> Current => _known.Values.Where(known => StateOf(known) is ProcessState.Alive or ProcessState.Draining)
        .OrderByDescending(static known => known.At).Select(static known => known.Report);

    /// <summary>All processes, silos first.</summary>
    public ImmutableArray<ProcessStatus> Describe(Func<string, ImmutableArray<ActivationCount>> activationsOf)
    {
        Forget();
        return
        [
            .. _known.Values
                .OrderBy(static known => known.Report.Process.Kind).ThenBy(static known => known.Report.Process.Name, NaturalOrder.Instance)
                .ThenBy(static known => known.Report.Process.Instance, StringComparer.Ordinal)
                .Select(known => new ProcessStatus(
                    known.Report.Process, StateOf(known), time.GetElapsedTime(known.At), known.Report.Process.Silo is { } silo ? activationsOf(silo) : [])),
        ];
    }

    /// <summary>Each engine once: what the silo says that knows the worst of it.</summary>
    public ImmutableArray<EngineFigures> Engines() =>
    [
        .. Current.SelectMany(static report => report.Engines).GroupBy(static engine => (engine.Stage, engine.Name, engine.Endpoint))
            .Select(static engines => Worst([.. engines]))
            .OrderBy(static engine => Array.IndexOf(Stages, engine.Stage)).ThenBy(static engine => engine.Place).ThenBy(static engine => engine.Name, StringComparer.Ordinal),
    ];

    /// <summary>Each account once.</summary>
    public ImmutableArray<AccountFigures> Accounts() =>
    [
        .. Current.SelectMany(static report => report.Accounts).GroupBy(static account => account.Account)
            .Select(static accounts => new AccountFigures(
                accounts.Key, accounts.Sum(static account => account.Held), accounts.Min(static account => account.Limit), accounts.Sum(static account => account.Waiting)))
            .OrderBy(static account => account.Account, StringComparer.Ordinal),
    ];

    static readonly string[] Stages = ["recognizer", "translator", "synthesizer"];

    static EngineFigures Worst(IReadOnlyList<EngineFigures> engines)
    {
        var worst = engines.OrderByDescending(static engine => engine.State == BreakerState.Open).ThenByDescending(static engine => engine.State)
            .ThenByDescending(static engine => engine.OpenFor).First();
        return worst with { Failures = engines.Sum(static engine => engine.Failures), Silos = engines.Count };
    }

    static bool IsPredecessor(Known known, ProcessFigures process) => known.Report.Process is var other
        && other.Name == process.Name && other.Kind == process.Kind && other.Instance != process.Instance && other.StartedAt < process.StartedAt;

    // Kinds of what a process of the operating system carries, or of what goes on without it.
    List<ProcessKind> Of((string Machine, int Id) host, bool isThis) =>
    [
        .. _known.Values.Where(known => known.Report.Process.Host == host == isThis
            && (StateOf(known) == ProcessState.Alive || (isThis && StateOf(known) == ProcessState.Draining)))
            .Select(static known => known.Report.Process.Kind),
    ];

    ProcessState StateOf(Known known) => known.Report.Process.State switch
    {
        ProcessState.Ended => ProcessState.Ended,
        _ when time.GetElapsedTime(known.At) > SilenceLimit => ProcessState.Lost,
        ProcessState.Alive when known.AskedToDrainAt is { } asked && time.GetElapsedTime(asked) < DrainExpectedFor => ProcessState.Draining,
        var said => said,
    };

    void Forget()
    {
        foreach (var (instance, known) in _known.ToList())
        {
            var kept = StateOf(known) switch { ProcessState.Ended => EndedFor, ProcessState.Lost => LostFor, _ => TimeSpan.MaxValue };
            if (time.GetElapsedTime(known.At) > kept)
                _known.Remove(instance);
        }
    }

    sealed record Known(ProcessReport Report, long At, long? AskedToDrainAt);
}

/// <summary>silo-2 comes before silo-10.</summary>
sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var one = x.AsSpan();
        var other = y.AsSpan();
        while (!one.IsEmpty && !other.IsEmpty)
        {
            var (digits, otherDigits) = (DigitsOf(one), DigitsOf(other));
            var areNumbers = digits > 0 && otherDigits > 0;
            var (length, otherLength) = areNumbers ? (digits, otherDigits) : (1, 1);
            var order = areNumbers ? CompareNumbers(one[..length].TrimStart('0'), other[..otherLength].TrimStart('0')) : one[0].CompareTo(other[0]);
            if (order != 0)
                return order;
            one = one[length..];
            other = other[otherLength..];
        }

        return one.Length != other.Length ? one.Length.CompareTo(other.Length) : string.CompareOrdinal(x, y);
    }

    static int CompareNumbers(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        one.Length != other.Length ? one.Length.CompareTo(other.Length) : one.SequenceCompareTo(other);

    static int DigitsOf(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is var end && end >= 0 ? end : text.Length;
}
