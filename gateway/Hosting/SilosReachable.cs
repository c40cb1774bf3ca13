using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace VoiceGrains.Gateway.Hosting;

/// <summary>A gateway can serve while it is connected to at least one silo.</summary>
sealed class SilosReachable : IHealthCheck
{
    volatile int _count;

    /// <summary>Silos that the gateway is connected to.</summary>
    public int Count
    {
        get => _count;
        set => _count = value;
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_count > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("No silo can be reached."));
}
