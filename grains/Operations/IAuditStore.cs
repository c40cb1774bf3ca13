namespace VoiceGrains.Operations;

/// <summary>Keeps what operators did. Rows are added and completed, never changed otherwise.</summary>
public interface IAuditStore
{
    /// <summary>Keeps an action that is about to be done, and returns its number, which only grows.</summary>
    Task<long> Begin(AuditedAction action, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Keeps what came of it, unless that is kept already.</summary>
    Task End(long number, string result, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The newest first, below a number.</summary>
    Task<IReadOnlyList<AuditEntry>> List(long below, int count, CancellationToken cancellationToken);
}

/// <summary>The last actions in this process's memory: gone when it stops.</summary>
public sealed class MemoryAuditStore : IAuditStore
{
    const int MostEntries = 10_000;

    readonly Lock _gate = new();
    readonly LinkedList<AuditEntry> _entries = new();
    long _last;

    public Task<long> Begin(AuditedAction action, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _entries.AddFirst(new AuditEntry(++_last, at, action, null, null));
            if (_entries.Count > MostEntries)
                _entries.RemoveLast();
            return Task.FromResult(_last);
        }
    }

    public Task End(long number, string result, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            for (var node = _entries.First; node is not null; node = node.Next)
            {
                if (node.Value.Number == number && node.Value.Result is null)
                    node.Value = node.Value with { Result = result, EndedAt = at };
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditEntry>> List(long below, int count, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<AuditEntry>>([.. _entries.Where(entry => entry.Number < below).Take(count)]);
    }
}
