using System.Collections.Immutable;

namespace VoiceGrains.Operations;

/// <summary>A table in memory: the processes themselves renew it.</summary>
[GrainType("clusterfigures")]
sealed class ClusterFiguresGrain(ILocalSiloDetails silo, TimeProvider time) : Grain, IClusterFiguresGrain
{
    // Several who look within it see the same, and cost once.
    static readonly TimeSpan TableLimit = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(5);
    static readonly TimeSpan CountLimit = TimeSpan.FromSeconds(4);

    // Less than a call between grains may take: whoever asked must learn that the process did not answer.
    static readonly TimeSpan ControlLimit = TimeSpan.FromSeconds(4);
    static readonly TimeSpan LookLimit = TimeSpan.FromSeconds(1);

    readonly ProcessTable _processes = new(time);
    readonly CancellationTokenSource _over = new();
    ImmutableDictionary<string, ImmutableArray<ActivationCount>> _activations = ImmutableDictionary<string, ImmutableArray<ActivationCount>>.Empty;
    CallTable? _calls;
    long _callsAt;
    long? _countedAt;
    Task _counting = Task.CompletedTask;

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _over.CancelAsync();
        await _counting;
    }

    public Task Report(ProcessReport report)
    {
        _processes.Take(report);
        // Who ends in order says so last, to somebody who is still there to tell it.
        if (report.Process.State == ProcessState.Draining && report.Process.Silo == silo.SiloAddress.ToString())
            MigrateOnIdle();
        return Task.CompletedTask;
    }

    public Task<ClusterFigures> Describe()
    {
        CountSometimes();
        var uncounted = _processes.Current.Sum(static report => report.Process.Kind == ProcessKind.Silo ? Math.Max(0, report.Process.Load.Calls - report.Calls.Length) : 0);
        var calls = Calls();
        return Task.FromResult(new ClusterFigures(
            time.GetUtcNow(),
            _processes.Describe(silo => _activations.GetValueOrDefault(silo, [])),
            _processes.Engines(),
            _processes.Accounts(),
            calls.Count,
            calls.Troubled,
            uncounted));
    }

    public Task<CallFiguresPage> ListCalls(CallQuery query) => Task.FromResult(Calls().List(query));

    public async Task<DrainAnswer> Drain(string instance)
    {
        if (_processes.ControlOf(instance) is not { } control)
            return new DrainAnswer(DrainResult.Gone, 0);
        var answer = _processes.JudgeDrain(instance);
        if (answer.Result == DrainResult.Drains)
        {
            // Before it says so itself: others that are to be drained now must not count on it.
            _processes.ExpectDrain(instance);
            await control.Drain().WaitAsync(ControlLimit, time);
        }

        return answer;
    }

    public async Task<bool> SetLogLevel(string instance, LogLevelOrder order)
    {
        if (_processes.ControlOf(instance) is not { } control)
            return false;
        await control.SetLogLevel(order).WaitAsync(ControlLimit, time);
        return true;
    }

    public async Task<ConnectionFigures?> Look(string instance, CallId call, ParticipantId participant) =>
        _processes.ControlOf(instance) is { } control ? await control.Look(call, participant).WaitAsync(LookLimit, time) : null;

    public async Task<bool> Disconnect(string instance, CallId call, ParticipantId participant) =>
        _processes.ControlOf(instance) is { } control && await control.Disconnect(call, participant).WaitAsync(ControlLimit, time);

    CallTable Calls()
    {
        if (_calls is null || time.GetElapsedTime(_callsAt) > TableLimit)
            (_calls, _callsAt) = (new CallTable(_processes.Current), time.GetTimestamp());
        return _calls;
    }

    // Only while somebody looks; a silo that hangs must not hold up those who do.
    void CountSometimes()
    {
        if (!_counting.IsCompleted || (_countedAt is { } before && time.GetElapsedTime(before) < CountEvery))
            return;
        _countedAt = time.GetTimestamp();
        _counting = CountOnce();
    }

    async Task CountOnce()
    {
        try
        {
            var counts = await GrainFactory.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics().WaitAsync(CountLimit, time, _over.Token);
            _activations = counts.GroupBy(static count => count.SiloAddress.ToString()!).ToImmutableDictionary(
                static silo => silo.Key,
                static silo => silo.GroupBy(static count => NameOf(count.GrainType))
                    .Select(static grain => new ActivationCount(grain.Key, grain.Sum(static count => count.ActivationCount)))
                    .OrderByDescending(static grain => grain.Count).ThenBy(static grain => grain.Grain, StringComparer.Ordinal).ToImmutableArray());
        }
        catch (Exception)
        {
            // A silo is on its way out: what was counted before stands, and it is counted again.
        }
    }

    // Genuine Orleans names the class with its namespace.
    static string NameOf(string grainType)
    {
        var name = grainType.Split(',')[0];
        name = name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();
        return name.EndsWith("grain", StringComparison.Ordinal) && name.Length > 5 ? name[..^5] : name;
    }
}
