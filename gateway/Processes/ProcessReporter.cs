using VoiceGrains.Gateway.Links;
using VoiceGrains.Operations;

namespace VoiceGrains.Gateway.Processes;

/// <summary>Reports each second what this process carries, and takes what operators want of it. A process that is silo and gateway has one for each.</summary>
public sealed class ProcessReporter
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(2);
    static readonly TimeSpan GoodbyeLimit = TimeSpan.FromMilliseconds(500);

    readonly IClusterClient _grains;
    readonly TimeProvider _time;
    readonly IHostApplicationLifetime _lifetime;
    readonly LogLevels _levels;
    readonly DateTimeOffset _startedAt;
    readonly ProcessControl _control;
    readonly ProcessLoadMeter _meter;
    readonly Identity _self;
    IProcessControl? _reference;

    /// <summary>Of a silo.</summary>
    public ProcessReporter(IServiceProvider services, string name, string silo)
        : this(services, new Identity(name, ProcessKind.Silo, Guid.NewGuid().ToString("N")[..12], silo), null)
    {
    }

    /// <summary>Of a gateway; its instance is the first part of the names of its links.</summary>
    internal ProcessReporter(IServiceProvider services, string name, CallLinks links)
        : this(services, new Identity(name, ProcessKind.Gateway, links.Process, null), links)
    {
    }

    ProcessReporter(IServiceProvider services, Identity self, CallLinks? links)
    {
        _self = self;
        _grains = services.GetRequiredService<IClusterClient>();
        _time = services.GetRequiredService<TimeProvider>();
        _lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        _levels = services.GetRequiredService<LogLevels>();
        _control = new ProcessControl(self.Name, links, _grains, _levels, _lifetime, services.GetRequiredService<ILogger<ProcessControl>>());
        _meter = new ProcessLoadMeter(_time);
        _startedAt = _time.GetUtcNow();
    }

    /// <summary>Reports until it is stopped, then says goodbye. Never throws.</summary>
    /// <param name="report">Completes what every process can say of itself; given the time since it was asked before.</param>
    public async Task Run(Func<ProcessReport, TimeSpan, ProcessReport> report, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await ReportOnce(_lifetime.ApplicationStopping.IsCancellationRequested ? ProcessState.Draining : ProcessState.Alive, report, CallLimit);
            await WaitForNext(stopping);
        }

        await ReportOnce(ProcessState.Ended, report, GoodbyeLimit);
        if (_reference is { } reference)
            _grains.DeleteObjectReference<IProcessControl>(reference);
    }

    // That it drains is told at once: it may be over before the second is.
    async Task WaitForNext(CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, _lifetime.ApplicationStopping);
        var next = _lifetime.ApplicationStopping.IsCancellationRequested ? stopping : either.Token;
        await Task.Delay(Every, _time, next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    async Task ReportOnce(ProcessState state, Func<ProcessReport, TimeSpan, ProcessReport> report, TimeSpan limit)
    {
        try
        {
            _reference ??= _grains.CreateObjectReference<IProcessControl>(_control);
            var (load, elapsed) = _meter.Measure();
            var figures = new ProcessFigures(
                _self.Name,
                _self.Kind,
                _self.Instance,
                "",
                _self.Silo,
                null,
                Environment.MachineName,
                Environment.ProcessId,
                _startedAt,
                state,
                _levels.Level,
                load);
            var whole = report(new ProcessReport(figures, _reference, [], [], [], []), elapsed);
            await _grains.GetGrain<IClusterFiguresGrain>("cluster").Report(whole).WaitAsync(limit, _time);
        }
        catch (Exception)
        {
            // The runtime is not there yet or not any more, or the grain is on its way to another silo: the next report tells all of it anew.
        }
    }

    sealed record Identity(string Name, ProcessKind Kind, string Instance, string? Silo);
}

/// <summary>What every process can say of itself.</summary>
sealed class ProcessLoadMeter(TimeProvider time)
{
    long _at = time.GetTimestamp();
    TimeSpan _cpu = Environment.CpuUsage.TotalTime;

    /// <summary>Since it was asked before.</summary>
    public (ProcessLoad Load, TimeSpan Elapsed) Measure()
    {
        var (now, cpu) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var elapsed = time.GetElapsedTime(_at, now);
        var cores = elapsed > TimeSpan.Zero ? Math.Round((cpu - _cpu) / elapsed, 3) : 0;
        (_at, _cpu) = (now, cpu);
        return (new ProcessLoad(Environment.ProcessorCount, cores, Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: false), 0, 0, 0, 0, 0), elapsed);
    }
}
