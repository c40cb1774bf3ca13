using VoiceGrains.Deliveries;
using VoiceGrains.Media;
using VoiceGrains.Participants;

namespace VoiceGrains.Checkpoints;

/// <summary>
/// Commit, then deliver: what changes goes to the speaker's gateway as a checkpoint first, one awaited call at a time, and what listeners get of it waits until it is kept
/// there. Changes that come meanwhile go together in the next. Runs in the turns of the participant.
/// </summary>
sealed class Commits : IAsyncDisposable
{
    static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(1);
    static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(20);

    // Without a connection for this long, listeners need not wait for it: only the loss of this silo too could make a word come twice.
    static readonly TimeSpan AbsentAfter = TimeSpan.FromSeconds(2);

    // Marks in silence are in no hurry.
    static readonly TimeSpan NotePause = TimeSpan.FromMilliseconds(250);

    readonly Func<long, CommitRequest> _snapshot;
    readonly TimeProvider _time;
    readonly Queue<(long Version, Action Deliver)> _waiting = new();
    readonly CancellationTokenSource _closing = new();
    readonly Task _committing;
    TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    (IGatewayLink Link, Fence Fence)? _holder;
    bool _isAbsent = true;
    bool _isNoted;
    int _inOrder;
    long _version;
    long _committed;

    /// <param name="snapshot">Makes the request for a version; its fence is filled in here.</param>
    public Commits(Func<long, CommitRequest> snapshot, TimeProvider time)
    {
        (_snapshot, _time) = (snapshot, time);
        _committing = CommitAll();
    }

    /// <summary>Another activation took over: this one must end.</summary>
    public event Action? Refused;

    /// <summary>Version of the newest checkpoint, over activations.</summary>
    public long Version { get; private set; }

    /// <summary>The newest checkpoint that a gateway keeps; null: none yet.</summary>
    public Checkpoint? Kept { get; private set; }

    /// <summary>Whether everything is committed, as far as somebody is there to keep it.</summary>
    public bool IsEmpty => _committed >= _version && !_isNoted;

    /// <summary>Whether everything is committed, and a gateway keeps it.</summary>
    public bool IsKept => IsEmpty && !_isAbsent;

    /// <summary>Whether nobody is there to keep anything.</summary>
    public bool IsAbsent => _isAbsent;

    /// <summary>A connection keeps the checkpoints from now on.</summary>
    public void Attach(IGatewayLink link, Fence fence)
    {
        (_holder, _isAbsent) = ((link, fence), false);
        Changed();
    }

    /// <summary>Goes on after the checkpoint of an activation before this one.</summary>
    public void Continue(Checkpoint checkpoint) => (Version, Kept) = (checkpoint.Version, checkpoint);

    /// <summary>The connection shows that it is there.</summary>
    public void Hear()
    {
        if (!_isAbsent)
            return;
        _isAbsent = false;
        Changed();
    }

    /// <summary>Something changed that listeners will get; returns what to wait for in <see cref="Deliver(long, Action)"/>.</summary>
    public long Changed()
    {
        _version++;
        _changed.TrySetResult();
        return _version;
    }

    /// <summary>Something changed that is in no hurry.</summary>
    public void Note()
    {
        if (_isNoted)
            return;
        _isNoted = true;
        _changed.TrySetResult();
    }

    /// <summary>Delivers once a version is kept, in order with everything that waits for it too.</summary>
    public void Deliver(long version, Action deliver)
    {
        if (version <= _committed && _inOrder == 0)
            deliver();
        else
            _waiting.Enqueue((version, deliver));
    }

    /// <summary>Delivers once everything that changed so far is kept; nothing that is asked for after this comes before it.</summary>
    public void DeliverInOrder(Action deliver)
    {
        _inOrder++;
        _waiting.Enqueue((_version, DeliverNow));
        DeliverWaiting();

        void DeliverNow()
        {
            _inOrder--;
            deliver();
        }
    }

    /// <summary>Delivers once everything that changed so far is kept.</summary>
    public void Deliver(Action deliver) => Deliver(_version, deliver);

    /// <summary>Waits until everything is committed, at most as long as given.</summary>
    public async Task Flush(TimeSpan limit)
    {
        Changed();
        var started = _time.GetTimestamp();
        while (!IsEmpty && _time.GetElapsedTime(started) < limit)
            await Task.Delay(TimeSpan.FromMilliseconds(5), _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _committing;
        _closing.Dispose();
    }

    async Task CommitAll()
    {
        try
        {
            while (true)
            {
                await Change();
                await CommitOnce();
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The activation ends.
        }
    }

    async Task Change()
    {
        while (_version <= _committed)
        {
            if (_changed.Task.IsCompleted)
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_isNoted)
            {
                await _changed.Task.WaitAsync(_closing.Token);
                continue;
            }

            await Task.WhenAny(_changed.Task, Task.Delay(NotePause, _time, _closing.Token));
            _closing.Token.ThrowIfCancellationRequested();
            return;
        }
    }

    async Task CommitOnce()
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            var version = _version;
            if (_isAbsent || _holder is not { } holder)
            {
                Release(version);
                return;
            }

            var outcome = await Ask(holder);
            if (_holder != holder)
            {
                // A connection took over meanwhile: it must keep this, whatever the one before it did.
                started = _time.GetTimestamp();
                continue;
            }

            if (outcome == CommitOutcome.Kept)
            {
                Release(version);
                return;
            }

            if (outcome == CommitOutcome.Refused)
            {
                Refused?.Invoke();
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, _closing.Token);
            }

            if (outcome == CommitOutcome.Absent || _time.GetElapsedTime(started) >= AbsentAfter)
                _isAbsent = true;
            else
                await Task.Delay(RetryPause, _time, _closing.Token);
        }
    }

    async Task<CommitOutcome> Ask((IGatewayLink Link, Fence Fence) holder)
    {
        var request = _snapshot(++Version) with { Fence = holder.Fence };
        _isNoted = false;
        try
        {
            var outcome = await holder.Link.Commit(request).WaitAsync(CallLimit, _time, _closing.Token);
            if (outcome == CommitOutcome.Kept && _holder == holder)
                Kept = request.Checkpoint;
            return outcome;
        }
        catch (Exception error) when (error is not OperationCanceledException || !_closing.IsCancellationRequested)
        {
            // Whatever kept the gateway from answering: ask again, a checkpoint may be kept twice.
            return CommitOutcome.NotYet;
        }
    }

    void Release(long version)
    {
        _committed = Math.Max(_committed, version);
        if (_isAbsent)
            _isNoted = false;
        DeliverWaiting();
    }

    void DeliverWaiting()
    {
        while (_waiting.TryPeek(out var next) && next.Version <= _committed)
            _waiting.Dequeue().Deliver();
    }
}
