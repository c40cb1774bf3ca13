using Orleans.Storage;

namespace VoiceGrains.Calls;

/// <summary>Writes what a call must not forget, again and again while the store is away.</summary>
sealed partial class CallStore(IPersistentState<CallState> state, TimeProvider time, ILogger logger)
{
    static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    /// <summary>Completes when the change is stored. Throws <see cref="InconsistentStateException"/> when another activation owns the call.</summary>
    public async Task Change(Action<CallState> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                change(state.State);
                await state.WriteStateAsync(cancellationToken);
                return;
            }
            catch (Exception error) when (error is not (InconsistentStateException or OperationCanceledException))
            {
                // The store is away, whatever its driver throws.
                if (attempt == 1)
                    LogStoreAway(logger, error.GetType().Name);
            }

            await Task.Delay(Retry, time, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of a call could not be stored ({Error}); it is tried again.")]
    static partial void LogStoreAway(ILogger logger, string error);
}
