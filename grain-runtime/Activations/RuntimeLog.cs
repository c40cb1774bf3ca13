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

    [LoggerMessage(Level = LogLevel.Error, Message = "A malformed message came from {Peer}: {Flaw}. The connection is closed.")]
    private static partial void LogMalformedFrame(ILogger logger, string peer, string flaw);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Peer} and this process don't talk to each other. {Reason}")]
    private static partial void LogHandshakeRefused(ILogger logger, string peer, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Peer} is not let in, as it should be: {Reason}")]
    private static partial void LogTurnedAway(ILogger logger, string peer, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} (generation {Generation}) is declared dead: {Reason}.")]
    private static partial void LogDeclaredDead(ILogger logger, string silo, int generation, string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "This silo, {Silo}, was declared dead while it did not run. The process exits.")]
    private static partial void LogWasDeclaredDead(ILogger logger, string silo);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster's database is away ({Reason}). What is active goes on, and nobody is declared dead.")]
    private static partial void LogDatabaseIsAway(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The cluster's database is back.")]
    private static partial void LogDatabaseIsBack(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not every process has seen that this silo leaves; calls that it sends meanwhile fail.")]
    private static partial void LogPeersDontSeeLeaving(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "The connection to {Peer} broke in a way that nobody expected; another is opened.")]
    private static partial void LogConnectionBroke(ILogger logger, string peer, Exception error);

    internal void ConnectionBroke(string peer, Exception error) => LogConnectionBroke(logger, peer, error);

    internal void MalformedFrame(string peer, string flaw) => LogMalformedFrame(logger, peer, flaw);

    /// <summary>Wrong versions and clusters are errors of whoever runs them; that a silo has gone or is dead is what handshakes are for.</summary>
    internal void HandshakeRefused(string peer, Wire.HandshakeRefusedException refused)
    {
        if (refused.Refusal is Wire.Refusal.OtherSilo or Wire.Refusal.DeclaredDead)
            LogTurnedAway(logger, peer, refused.Message);
        else
            LogHandshakeRefused(logger, peer, refused.Message);
    }

    internal void DeclaredDead(string silo, int generation, string reason) => LogDeclaredDead(logger, silo, generation, reason);

    internal void WasDeclaredDead(string silo) => LogWasDeclaredDead(logger, silo);

    internal void DatabaseIsAway(string reason) => LogDatabaseIsAway(logger, reason);

    internal void DatabaseIsBack() => LogDatabaseIsBack(logger);

    internal void PeersDontSeeLeaving() => LogPeersDontSeeLeaving(logger);

    internal void DeactivationFailed(string grainType, Exception error) => LogDeactivationFailed(logger, grainType, error);

    internal void CallsOutlastDeactivation(string grainType) => LogCallsOutlastDeactivation(logger, grainType);

    internal void TimerFailed(string grainType, Exception error) => LogTimerFailed(logger, grainType, error);
}
