using VoiceGrains.Calls;
using VoiceGrains.Gateway.Links;
using VoiceGrains.Operations;
using VoiceGrains.Protocol;

namespace VoiceGrains.Gateway.Processes;

/// <summary>What operators can do to this process.</summary>
sealed partial class ProcessControl(
    string gateway, CallLinks? links, IClusterClient grains, LogLevels levels, IHostApplicationLifetime lifetime, ILogger<ProcessControl> logger) : IProcessControl
{
    public Task Drain()
    {
        LogDrained(logger);
        // As SIGTERM does. It must not run in this call: whoever waits for the answer would wait for the end.
        _ = Task.Run(lifetime.StopApplication);
        return Task.CompletedTask;
    }

    public Task SetLogLevel(LogLevelOrder order)
    {
        levels.Set(order.Level, order.For);
        LogLevelSet(logger, order.Level);
        return Task.CompletedTask;
    }

    public Task<ConnectionFigures?> Look(CallId call, ParticipantId participant) =>
        Task.FromResult(links?.Find(call)?.Connections.Where(connection => connection.Participant == participant).MaxBy(static connection => connection.Epoch)?.Describe(gateway));

    public async Task<bool> Disconnect(CallId call, ParticipantId participant)
    {
        if (links?.Find(call) is not { } link || link.Connections.FirstOrDefault(connection => connection.Participant == participant) is not { } connection)
            return false;
        // Its seat first, or the next renewal would give the place back.
        link.Unseat(connection, hasLeft: true);
        connection.Refuse("removed", "An operator has taken you out of the call.", CloseCode.Left);
        await grains.GetGrain<ICallGrain>(call.Value).Leave(participant, connection.Epoch);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An operator drains this process.")]
    static partial void LogDrained(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An operator has set the log level to {Level}; nothing: as the settings say.")]
    static partial void LogLevelSet(ILogger logger, LogDetail? level);
}
