using System.Collections.Immutable;

namespace VoiceGrains.Engines;

/// <summary>
/// Knows for the whole cluster whether an engine works, and how many calls its account has open. Key: <c>{stage}/{engine}/{region}/{model}</c>. Holds nothing that must last:
/// an activation that was lost is told anew by the silos within seconds.
/// </summary>
[Alias("voicegrains.IEngineHealthGrain")]
public interface IEngineHealthGrain : IGrainWithStringKey
{
    /// <summary>Takes how calls of one silo went since its last report, and answers whether the engine may be used.</summary>
    [Alias("Report")]
    Task<EngineStatus> Report(EngineReport report);

    /// <summary>An operator opens the breaker for a while, or closes it. Silos learn of it with their next report, at most 5 s later.</summary>
    [Alias("Order")]
    Task<EngineStatus> Order(BreakerOrder order);

    /// <summary>Asks for a slot of the account. Asking again for the same slot is answered in the same way.</summary>
    [Alias("Take")]
    Task<SlotOutcome> Take(SlotRequest request);

    /// <summary>Says which slots a silo holds: all others of it are free. A silo that says nothing for 6 s holds none.</summary>
    [Alias("Hold")]
    Task Hold(string silo, ImmutableArray<long> slots);
}

/// <summary>What an operator wants of a breaker.</summary>
/// <param name="OpenFor">Null: it is closed, and what failed before is forgotten.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.BreakerOrder")]
public sealed record BreakerOrder(TimeSpan? OpenFor);

/// <summary>How calls to an engine went.</summary>
/// <param name="WantsToTry">Whether this silo would use it if it may; then it may be given the one call that tries a half-open engine.</param>
/// <param name="HeldFor">How long an operator's order still keeps it open, as this silo was told: an activation that took over learns of it so. Null: there is none.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.EngineReport")]
public sealed record EngineReport(int Successes, ImmutableArray<EngineFailure> Failures, bool WantsToTry, TimeSpan? HeldFor = null);

/// <summary>A call that failed.</summary>
/// <param name="RetryAfter">How long the vendor asked to wait. Null: it did not say.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.EngineFailure")]
public sealed record EngineFailure(FaultKind Kind, TimeSpan? RetryAfter);

/// <summary>Whether an engine may be used.</summary>
/// <param name="MayTry">With <see cref="BreakerState.HalfOpen"/>: this silo has the one call.</param>
/// <param name="OpenFor">How long nobody may use it, from now on.</param>
/// <param name="IsHeld">Whether an operator opened it.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.EngineStatus")]
public sealed record EngineStatus(BreakerState State, bool MayTry, TimeSpan OpenFor, FaultKind? Reason, bool IsHeld = false);

/// <summary>Asks for a slot.</summary>
/// <param name="Slot">Chosen by the silo; each of its calls another.</param>
/// <param name="Limit">How many the account may have at a time, by this silo's settings.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.SlotRequest")]
public sealed record SlotRequest(string Silo, long Slot, int Limit);

/// <summary>What came of it.</summary>
[GenerateSerializer, Alias("voicegrains.SlotOutcome")]
public enum SlotOutcome
{
    Taken,

    /// <summary>All are in use: ask again, or another engine.</summary>
    Full,

    /// <summary>The activation is new and waits to hear what silos hold: ask again in a moment.</summary>
    NotYet,
}

/// <summary>Whether an engine may be used.</summary>
[GenerateSerializer, Alias("voicegrains.BreakerState")]
public enum BreakerState
{
    /// <summary>It works.</summary>
    Closed,

    /// <summary>It failed too often: nobody tries it.</summary>
    Open,

    /// <summary>It may have recovered: one tries it for all.</summary>
    HalfOpen,
}
