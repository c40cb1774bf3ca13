using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines;

/// <summary>
/// The places of this process alone: as many as the settings say, or fewer if the vendor says that the plan has fewer. It never grows above the settings, because
/// other processes may use the same account.
/// </summary>
sealed class LocalSlots(string engine, int most, TimeProvider time) : IAccountSlots
{
    // More than can ever be served within a few seconds; whoever comes later had better go elsewhere at once.
    const int MostWaiting = 256;

    readonly Lock _gate = new();
    readonly LinkedList<TaskCompletionSource> _waiting = [];
    readonly int _most = most;
    int _limit = most;
    int _taken;

    /// <summary>How many places are taken.</summary>
    public int Taken
    {
        get
        {
            lock (_gate)
                return _taken;
        }
    }

    public async ValueTask<IAsyncDisposable> Take(TimeSpan limit, CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource> place;
        lock (_gate)
        {
            if (_taken < _limit && _waiting.Count == 0)
            {
                _taken++;
                return new Place(this);
            }

            if (_waiting.Count >= MostWaiting)
                throw Full();
            place = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            await place.Value.Task.WaitAsync(limit, time, cancellationToken);
            return new Place(this);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            GiveUp(place);
            if (error is TimeoutException)
                throw Full();
            throw;
        }
    }

    public void Told(int current, int maximum)
    {
        if (maximum < 1)
            return;
        lock (_gate)
        {
            _limit = Math.Min(_most, maximum);
            Serve_NeedsLock();
        }
    }

    EngineFaultException Full() => new(engine, FaultKind.NoPlace, "All places of the account are in use.");

    void GiveUp(LinkedListNode<TaskCompletionSource> place)
    {
        lock (_gate)
        {
            if (place.List is not null)
                _waiting.Remove(place);
            else
                Release_NeedsLock();
        }
    }

    void Release()
    {
        lock (_gate)
            Release_NeedsLock();
    }

    void Release_NeedsLock()
    {
        _taken--;
        Serve_NeedsLock();
    }

    void Serve_NeedsLock()
    {
        while (_taken < _limit && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            _taken++;
            first.Value.SetResult();
        }
    }

    sealed class Place(LocalSlots slots) : IAsyncDisposable
    {
        int _isReleased;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _isReleased, 1) == 0)
                slots.Release();
            return ValueTask.CompletedTask;
        }
    }
}
