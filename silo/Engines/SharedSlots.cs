using VoiceGrains.Engines;
using VoiceGrains.Operations;

namespace VoiceGrains.Silo.Engines;

/// <summary>
/// This silo's part of an account's places. The grain counts them all; calls to it go one after the other, so that no renewal can overtake the place that was just
/// given. A place that was given to a call which nobody heard of any more is free again with the next renewal.
/// </summary>
sealed class SharedSlots(string engine, int most, string silo, IEngineHealthGrain ledger, TimeProvider time) : IAccountSlots
{
    // More than can ever be served within a few seconds; whoever comes later had better go elsewhere at once.
    const int MostWaiting = 256;
    static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(1);
    static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(25);

    // The grain is on its way to another silo, or there is none any more.
    static readonly TimeSpan AskAgainUnanswered = TimeSpan.FromMilliseconds(200);

    readonly SemaphoreSlim _calls = new(1, 1);
    readonly SemaphoreSlim _line = new(1, 1);
    readonly HashSet<long> _held = [];
    readonly int _most = most;
    int _limit = most;
    long _last;
    int _waiting;
    int _isRenewing;

    public async ValueTask<IAsyncDisposable> Take(TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw Full();
        }

        try
        {
            // First come, first served, at least on this silo.
            await WaitFor(_line, Left(limit, started), cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            var slot = Interlocked.Increment(ref _last);
            while (await Ask(slot, cancellationToken) is var outcome && outcome != SlotOutcome.Taken)
            {
                if (time.GetElapsedTime(started) >= limit)
                    throw Full();
                await Task.Delay(outcome is null ? AskAgainUnanswered : AskAgain, time, cancellationToken);
            }

            return new Place(this, slot);
        }
        finally
        {
            _line.Release();
        }
    }

    /// <summary>What this silo holds of the account's places.</summary>
    public AccountFigures Describe(string account)
    {
        lock (_held)
            return new AccountFigures(account, _held.Count, _limit, Volatile.Read(ref _waiting));
    }

    public void Told(int current, int maximum)
    {
        if (maximum > 0)
            _limit = Math.Min(_most, maximum);
    }

    /// <summary>Says which places this silo holds. Never throws.</summary>
    public async Task Renew()
    {
        if (Interlocked.Exchange(ref _isRenewing, 1) == 1)
            return;
        await _calls.WaitAsync();
        try
        {
            Interlocked.Exchange(ref _isRenewing, 0);
            long[] held;
            lock (_held)
                held = [.. _held];
            await ledger.Hold(silo, [.. held]).WaitAsync(CallLimit, time);
        }
        catch (Exception)
        {
            // The grain is on its way to another silo; it is told again.
        }
        finally
        {
            _calls.Release();
        }
    }

    // Null: no answer came.
    async Task<SlotOutcome?> Ask(long slot, CancellationToken cancellationToken)
    {
        await _calls.WaitAsync(cancellationToken);
        try
        {
            var outcome = await ledger.Take(new SlotRequest(silo, slot, _limit)).WaitAsync(CallLimit, time, cancellationToken);
            if (outcome == SlotOutcome.Taken)
            {
                lock (_held)
                    _held.Add(slot);
            }

            return outcome;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Nobody can count now: rather too few than too many.
            return null;
        }
        finally
        {
            _calls.Release();
        }
    }

    async Task WaitFor(SemaphoreSlim line, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (await line.WaitAsync(0, cancellationToken))
            return;
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await line.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Full();
        }
    }

    TimeSpan Left(TimeSpan limit, long started) => limit - time.GetElapsedTime(started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    EngineFaultException Full() => new(engine, FaultKind.NoPlace, "All places of the account are in use.");

    void Release(long slot)
    {
        lock (_held)
            _held.Remove(slot);
        _ = Renew();
    }

    sealed class Place(SharedSlots slots, long slot) : IAsyncDisposable
    {
        int _isReleased;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _isReleased, 1) == 0)
                slots.Release(slot);
            return ValueTask.CompletedTask;
        }
    }
}
