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
    readonly LinkedList<(long Version, bool IsInOrder, Action Deliver)> _waiting = new();
    readonly CancellationTokenSource _closing = new();
    readonly Task _committing;
    TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    TaskCompletionSource<CommitOutcome> _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
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

    /// <summary>Deliveries that wait for a checkpoint to be kept.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Whether nobody is there to keep anything.</summary>
    public bool IsAbsent => _isAbsent;

    /// <summary>A connection keeps the checkpoints from now on.</summary>
    public void Attach(IGatewayLink link, Fence fence)
    {
        (_holder, _isAbsent) = ((link, fence), false);
        _attached.TrySetResult(CommitOutcome.NotYet);
        Changed();
    }

    /// <summary>Goes on after the checkpoint of an activation before this one.</summary>
    public void Continue(Checkpoint checkpoint) => (Version, Kept) = (checkpoint.Version, checkpoint);

    /// <summary>Counts on from a version.</summary>
    public void Continue(long version) => Version = version;

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

    /// <summary>Delivers once a version is kept, in order with everything that waits for this version or an earlier one.</summary>
    public void Deliver(long version, Action deliver)
    {
        if (version <= _committed && _inOrder == 0)
            deliver();
        else
            _waiting.AddLast((version, false, deliver));
    }

    /// <summary>Delivers once everything that changed so far is kept; nothing that is asked for after this comes before it.</summary>
    public void DeliverInOrder(Action deliver)
    {
        _inOrder++;
        _waiting.AddLast((_version, true, DeliverNow));
        DeliverWaiting();

        void DeliverNow()
        {
            _inOrder--;
            deliver();
        }
    }

    /// <summary>Delivers once everything that changed so far is kept.</summary>
    public void Deliver(Action deliver) => Deliver(_version, deliver);

    /// <summary>Commits how everything stands now; waits for it at most as long as given. False: nobody keeps it.</summary>
    public async Task<bool> Flush(TimeSpan limit)
    {
        var version = Changed();
        var started = _time.GetTimestamp();
        while (_committed < version && _time.GetElapsedTime(started) < limit)
            await Task.Delay(TimeSpan.FromMilliseconds(5), _time);
        return _committed >= version && !_isAbsent;
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
            // A gateway that died may leave its caller waiting: the connection that comes after it does not wait with it.
            _attached = new TaskCompletionSource<CommitOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
            var outcome = await await Task.WhenAny(holder.Link.Commit(request).WaitAsync(CallLimit, _time, _closing.Token), _attached.Task);
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

    // Not only from the front: speech of a clause may have come after a caption that waits for a later version. But nothing passes what must come in order.
    void DeliverWaiting()
    {
        for (var next = _waiting.First; next is not null;)
        {
            var (waiting, after) = (next, next.Next);
            if (waiting.Value.Version <= _committed)
            {
                _waiting.Remove(waiting);
                waiting.Value.Deliver();
            }
            else if (waiting.Value.IsInOrder)
            {
                return;
            }

            next = after;
        }
    }
}
