namespace Orleans.Wire;

/// <summary>Asks a peer whether it is alive. Whoever asks while an answer is awaited already gets the same one.</summary>
sealed class Pings(TimeProvider time)
{
    readonly Lock _gate = new();
    TaskCompletionSource _pong = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether an answer comes within this time.</summary>
    internal async Task<bool> Ask(Action send, TimeSpan limit)
    {
        Task answered;
        lock (_gate)
        {
            if (_pong.Task.IsCompleted)
                _pong = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            answered = _pong.Task;
        }

        send();
        try
        {
            await answered.WaitAsync(limit, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    internal void Answered()
    {
        lock (_gate)
            _pong.TrySetResult();
    }
}
