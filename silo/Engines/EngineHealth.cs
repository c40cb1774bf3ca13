using Microsoft.Extensions.Diagnostics.HealthChecks;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.PocketSphinx;

namespace VoiceGrains.Silo.Engines;

/// <summary>Makes the recognizer's models at start, so that the first speaker need not wait; not ready before.</summary>
sealed class EngineWarmUp(DecoderPool decoders, EngineOptions options, ILogger<EngineWarmUp> logger) : BackgroundService, IHealthCheck
{
    volatile bool _isReady;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The recognizer's models are being made."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (EngineOptions.NamesIn(options.Recognizers).Contains("pocketsphinx"))
                await Task.Run(() => decoders.Prepare(stoppingToken), stoppingToken);
        }
        catch (EngineFaultException error)
        {
            logger.LogError(error, "The recognizer's models could not be made; speech can't be recognized. Run ./voicegrains doctor.");
        }

        _isReady = true;
    }
}
