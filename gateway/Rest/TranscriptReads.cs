using System.Threading.RateLimiting;
using VoiceGrains.Calls;
using VoiceGrains.Gateway.Tickets;

namespace VoiceGrains.Gateway.Rest;

/// <summary>How often one participant may read the transcript here, as each time all of it is read from the database: twenty times at once, then once in three seconds.</summary>
sealed class TranscriptReads : IDisposable
{
    public const int Burst = 20;
    public static readonly TimeSpan Refill = TimeSpan.FromSeconds(3);

    readonly PartitionedRateLimiter<Ticket> _limiter = PartitionedRateLimiter.Create<Ticket, (CallId, ParticipantId)>(static ticket => RateLimitPartition.GetTokenBucketLimiter(
        (ticket.Call, ticket.Participant),
        static _ => new TokenBucketRateLimiterOptions { TokenLimit = Burst, TokensPerPeriod = 1, ReplenishmentPeriod = Refill, QueueLimit = 0 }));

    /// <summary>Counts one. False: not now.</summary>
    public bool TryBegin(Ticket ticket)
    {
        using var lease = _limiter.AttemptAcquire(ticket);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
