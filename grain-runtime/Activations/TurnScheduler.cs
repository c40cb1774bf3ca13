using Orleans.Cluster;

namespace Orleans.Activations;

/// <summary>
/// Runs the tasks of one activation one at a time, in order. Each task is one turn. A silo that missed its lease runs none before it knows that it is alive.
/// </summary>
sealed class TurnScheduler(Lease lease) : TaskScheduler, IThreadPoolWorkItem
{
    readonly Queue<Task> _turns = new();
    bool _isRunning;

    public override int MaximumConcurrencyLevel => 1;

    void IThreadPoolWorkItem.Execute()
    {
        // A burst in one grain must not keep a thread from the others.
        for (var turns = 0; turns < 64; turns++)
        {
            if (lease.IsMissed)
            {
                _ = ContinueLater();
                return;
            }

            Task turn;
            lock (_turns)
            {
                if (!_turns.TryDequeue(out turn!))
                {
                    _isRunning = false;
                    return;
                }
            }

            TryExecuteTask(turn);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    async Task ContinueLater()
    {
        await lease.Confirmed(CancellationToken.None);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected override void QueueTask(Task task)
    {
        lock (_turns)
        {
            _turns.Enqueue(task);
            if (_isRunning)
                return;
            _isRunning = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    // Only inside a turn of this activation is nobody else running.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_turns)
            return [.. _turns];
    }
}
