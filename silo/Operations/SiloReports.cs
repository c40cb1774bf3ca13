using Orleans.Runtime;
using VoiceGrains.Engines;
using VoiceGrains.Engines.Health;
using VoiceGrains.Gateway.Processes;
using VoiceGrains.Operations;
using VoiceGrains.Silo.Engines;

namespace VoiceGrains.Silo.Operations;

/// <summary>What this silo carries, each second: from what its calls and participants show of themselves, none of which is asked.</summary>
sealed class SiloReports(IServiceProvider services, LocalFigures figures, EngineHealth health, AccountSlots accounts, ILocalSiloDetails silo, IConfiguration configuration)
    : BackgroundService
{
    long _frames;
    long _segments;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Only now the silo knows its address.
        var reporter = new ProcessReporter(services, silo.Name, silo.SiloAddress.ToString()!);
        var engines = services.GetRequiredService<EngineSet>();
        var region = configuration["Gateway:Region"] ?? "local";
        return reporter.Run(
            (report, elapsed) => report with
            {
                Process = report.Process with { Region = region, Load = WithOwn(report.Process.Load, elapsed) },
                Calls = figures.DescribeCalls(ProcessReport.MostCalls),
                Shares = figures.TakeShares(ProcessReport.MostCalls, elapsed),
                Engines = [.. health.Describe(engines)],
                Accounts = [.. accounts.Describe()],
            },
            stoppingToken);
    }

    ProcessLoad WithOwn(ProcessLoad load, TimeSpan elapsed)
    {
        var (frames, segments) = (figures.Frames, figures.Segments);
        var (newFrames, newSegments) = (Math.Max(0, frames - _frames), Math.Max(0, segments - _segments));
        (_frames, _segments) = (frames, segments);
        return load with
        {
            Calls = figures.Calls,
            Participants = figures.Participants,
            Frames = elapsed > TimeSpan.Zero ? Math.Round(newFrames / elapsed.TotalSeconds, 1) : 0,
            Segments = elapsed > TimeSpan.Zero ? Math.Round(newSegments / elapsed.TotalSeconds, 2) : 0,
        };
    }
}
