using System.Net;

namespace VoiceGrains.Gateway.Ops;

/// <summary>
/// Slows down whoever guesses the token: each address may be wrong five times at once, then once in 10 s; all of them together fifty times, then five times a second.
/// Who is right is let in whatever others did before, so nobody can keep an operator out by guessing. Thread-safe.
/// </summary>
sealed class LoginAttempts(TimeProvider time)
{
    const int MostAddresses = 10_000;
    const int Burst = 5;
    const int BurstOfAll = 50;
    static readonly TimeSpan Refill = TimeSpan.FromSeconds(10);
    static readonly TimeSpan RefillOfAll = TimeSpan.FromMilliseconds(200);

    // When each would have all its attempts back.
    readonly Dictionary<IPAddress, DateTimeOffset> _fullAt = [];
    DateTimeOffset _allFullAt;

    /// <summary>How long to wait before the next attempt. Zero: not at all.</summary>
    public TimeSpan WaitOf(IPAddress? address)
    {
        lock (_fullAt)
        {
            var now = time.GetUtcNow();
            var own = Debt(_fullAt.GetValueOrDefault(KeyOf(address)), now) - (Refill * (Burst - 1));
            var all = Debt(_allFullAt, now) - (RefillOfAll * (BurstOfAll - 1));
            var wait = own > all ? own : all;
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }

    /// <summary>The address was wrong.</summary>
    public void Fail(IPAddress? address)
    {
        lock (_fullAt)
        {
            var now = time.GetUtcNow();
            if (_fullAt.Count >= MostAddresses)
                Forget_NeedsLock(now);
            var key = KeyOf(address);
            _fullAt[key] = Later(_fullAt.GetValueOrDefault(key), now) + Refill;
            _allFullAt = Later(_allFullAt, now) + RefillOfAll;
        }
    }

    // Beyond the bound the limit of all together holds.
    void Forget_NeedsLock(DateTimeOffset now)
    {
        foreach (var full in _fullAt.Where(entry => entry.Value <= now).Select(static entry => entry.Key).ToList())
            _fullAt.Remove(full);
        if (_fullAt.Count >= MostAddresses)
            _fullAt.Clear();
    }

    static TimeSpan Debt(DateTimeOffset fullAt, DateTimeOffset now) => Later(fullAt, now) - now;

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    // Whoever has an IPv6 network has more addresses than there are attempts.
    static IPAddress KeyOf(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
