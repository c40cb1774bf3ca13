namespace VoiceGrains.Engines.Health;

/// <summary>
/// How many calls an account may have at a time, exactly, over all silos: each is a lease of a silo, which renews all of its own. When a silo dies its leases
/// run out. Not thread-safe.
/// </summary>
sealed class SlotLedger
{
    /// <summary>How long a lease lasts without being renewed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);

    readonly Dictionary<(string Silo, long Slot), DateTimeOffset> _taken = [];

    public int Taken => _taken.Count;

    /// <summary>Takes a slot. Whoever has it already gets it again: the answer before may have been lost. False: all are taken.</summary>
    public bool TryTake(string silo, long slot, int limit, DateTimeOffset now)
    {
        Expire(now);
        if (!_taken.ContainsKey((silo, slot)) && _taken.Count >= limit)
            return false;
        _taken[(silo, slot)] = now + Lease;
        return true;
    }

    public void Release(string silo, long slot) => _taken.Remove((silo, slot));

    /// <summary>What a silo holds now: the rest of its slots is given back. One that ran out meanwhile is taken again, since it is in use.</summary>
    public void Renew(string silo, IReadOnlyCollection<long> slots, DateTimeOffset now)
    {
        foreach (var gone in _taken.Keys.Where(taken => taken.Silo == silo && !slots.Contains(taken.Slot)).ToList())
            _taken.Remove(gone);
        foreach (var slot in slots)
            _taken[(silo, slot)] = now + Lease;
    }

    void Expire(DateTimeOffset now)
    {
        foreach (var gone in _taken.Where(taken => taken.Value <= now).Select(static taken => taken.Key).ToList())
            _taken.Remove(gone);
    }
}
