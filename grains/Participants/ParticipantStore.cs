using Orleans.Storage;

namespace VoiceGrains.Participants;

/// <summary>What a participant keeps in the store: epochs at once, the ledger at the end of the activation.</summary>
sealed partial class ParticipantStore(IPersistentState<ParticipantState> state, TimeProvider time, ILogger logger)
{
    static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    readonly CancellationTokenSource _closing = new();
    Task _raising = Task.CompletedTask;

    /// <summary>Stores a higher epoch; waits for it when it must be stored, else sees to it as soon as the store is there.</summary>
    public async Task Raise(int epoch, bool mustBeStored)
    {
        if (epoch <= state.State.Epoch)
            return;
        if (mustBeStored)
        {
            await _raising;
            var before = state.State.Epoch;
            state.State.Epoch = epoch;
            try
            {
                await state.WriteStateAsync(_closing.Token);
            }
            catch
            {
                state.State.Epoch = before;
                throw;
            }

            return;
        }

        state.State.Epoch = epoch;
        if (_raising.IsCompleted)
            _raising = WriteUntilStored();
    }

    /// <summary>Stores where the frames of a speaker went.</summary>
    public async Task Close(Speaker speaker, CancellationToken cancellationToken)
    {
        await _closing.CancelAsync();
        await _raising;
        state.State.Ledger = speaker.Ledger.Figures;
        state.State.LastSegment = speaker.LastSegment;
        state.State.Version = speaker.Commits.Version;
        try
        {
            await state.WriteStateAsync(cancellationToken);
        }
        catch (InconsistentStateException)
        {
            // Another activation wrote since: what it stored counts.
        }
    }

    async Task WriteUntilStored()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await state.WriteStateAsync(_closing.Token);
                return;
            }
            catch (InconsistentStateException)
            {
                // Another activation wrote since: what it stored counts.
                return;
            }
            catch (Exception error)
            {
                // The store is away, whatever its driver throws.
                LogStoreAway(logger, error.GetType().Name);
            }

            try
            {
                await Task.Delay(Retry, time, _closing.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An epoch could not be stored ({Error}); the connection goes on and it is tried again.")]
    static partial void LogStoreAway(ILogger logger, string error);
}
