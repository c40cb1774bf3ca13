namespace Orleans.Cluster;

/// <summary>
/// A silo's own view of its lease. When the process did not run for a whole lease, others may have declared it dead: turns and messages are held back until
/// its row was read. While the database is away nobody is declared dead, so a loop that runs keeps the lease.
/// </summary>
sealed class Lease(TimeProvider time)
{
    /// <summary>How long a renewal holds.</summary>
    internal static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    readonly Lock _gate = new();
    TaskCompletionSource? _confirmed;
    long _validUntil = long.MaxValue;

    /// <summary>A process that holds no lease, and so can't miss one.</summary>
    internal static Lease None { get; } = new(TimeProvider.System);

    /// <summary>Cheap enough to ask before every turn.</summary>
    internal bool IsMissed => Volatile.Read(ref _validUntil) is not long.MaxValue and var until && time.GetTimestamp() > until;

    /// <summary>The row was read, and the silo is alive: the lease runs from when it was asked for.</summary>
    internal void Renewed(long askedAt)
    {
        TaskCompletionSource? confirmed;
        lock (_gate)
        {
            Volatile.Write(ref _validUntil, askedAt + Ticks());
            confirmed = Interlocked.Exchange(ref _confirmed, null);
        }

        confirmed?.TrySetResult();
    }

    /// <summary>The database was away. Only a lease that was not missed goes on: who was stopped for long may be dead without knowing.</summary>
    internal void DatabaseIsAway(long askedAt)
    {
        lock (_gate)
        {
            if (_validUntil != long.MaxValue && askedAt <= _validUntil)
                Volatile.Write(ref _validUntil, askedAt + Ticks());
        }
    }

    /// <summary>Completes when the silo knows that it is alive. It never does in one that was declared dead: that process exits.</summary>
    internal Task Confirmed(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!IsMissed)
                return Task.CompletedTask;
            _confirmed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _confirmed.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>From here on the process is no silo any more.</summary>
    internal void End()
    {
        Volatile.Write(ref _validUntil, long.MaxValue);
        Interlocked.Exchange(ref _confirmed, null)?.TrySetResult();
    }

    long Ticks() => (long)(Length.TotalSeconds * time.TimestampFrequency);
}
