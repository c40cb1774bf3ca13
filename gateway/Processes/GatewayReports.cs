using VoiceGrains.Gateway.Links;
using VoiceGrains.Gateway.Metrics;
using VoiceGrains.Operations;

namespace VoiceGrains.Gateway.Processes;

/// <summary>What this gateway carries, each second.</summary>
sealed class GatewayReports(IServiceProvider services, IConfiguration configuration, CallLinks links, GatewayMeters meters, GatewayPresence presence, GatewayOptions options)
    : BackgroundService
{
    readonly ProcessReporter _reporter = new(services, configuration["Cluster:Name"] ?? $"gateway-{links.Process[..6]}", links);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _reporter.Run(
        (report, _) => report with
        {
            Process = report.Process with
            {
                Region = options.Region,
                Address = presence.Url,
                Load = report.Process.Load with { Calls = links.Calls, Connections = meters.Open },
            },
        },
        stoppingToken);
}
