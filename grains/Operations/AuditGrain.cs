using System.Collections.Immutable;

namespace VoiceGrains.Operations;

/// <summary>The way from gateways to the store of the audit, which only silos have.</summary>
[GrainType("audit")]
sealed partial class AuditGrain(IAuditStore store, TimeProvider time, ILogger<AuditGrain> logger) : Grain, IAuditGrain
{
    const int MostAtATime = 200;

    // Less than a call between grains may take, so that whoever waits learns that it was not kept.
    static readonly TimeSpan StoreLimit = TimeSpan.FromSeconds(4);

    public async Task<long?> Begin(AuditedAction action)
    {
        using var limit = new CancellationTokenSource(StoreLimit, time);
        try
        {
            return await store.Begin(action, time.GetUtcNow(), limit.Token);
        }
        catch (Exception error)
        {
            LogUnkept(logger, error);
            return null;
        }
    }

    public async Task End(long number, string result)
    {
        using var limit = new CancellationTokenSource(StoreLimit, time);
        await store.End(number, result, time.GetUtcNow(), limit.Token);
    }

    public async Task<ImmutableArray<AuditEntry>> List(long below, int count)
    {
        using var limit = new CancellationTokenSource(StoreLimit, time);
        return [.. await store.List(below, Math.Clamp(count, 1, MostAtATime), limit.Token)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An action of an operator was refused, because it could not be written down.")]
    static partial void LogUnkept(ILogger logger, Exception error);
}
