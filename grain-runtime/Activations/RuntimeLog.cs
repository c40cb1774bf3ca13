using Microsoft.Extensions.Logging;

namespace Orleans.Activations;

/// <summary>What the runtime logs. Keys of grains are left out: they name people and calls.</summary>
sealed partial class RuntimeLog(ILogger<GrainProcess> logger)
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A {GrainType} grain failed while it deactivated; its unwritten state is lost.")]
    private static partial void LogDeactivationFailed(ILogger logger, string grainType, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A {GrainType} grain ended although calls of it still ran after the deactivation timeout.")]
    private static partial void LogCallsOutlastDeactivation(ILogger logger, string grainType);

    [LoggerMessage(Level = LogLevel.Error, Message = "A timer callback of {GrainType} failed; the timer goes on.")]
    private static partial void LogTimerFailed(ILogger logger, string grainType, Exception error);

    internal void DeactivationFailed(string grainType, Exception error) => LogDeactivationFailed(logger, grainType, error);

    internal void CallsOutlastDeactivation(string grainType) => LogCallsOutlastDeactivation(logger, grainType);

    internal void TimerFailed(string grainType, Exception error) => LogTimerFailed(logger, grainType, error);
}
