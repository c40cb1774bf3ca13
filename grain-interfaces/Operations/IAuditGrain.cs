using System.Collections.Immutable;

namespace VoiceGrains.Operations;

/// <summary>What operators did, in order. Key: <c>audit</c>. Kept in PostgreSQL, or in the memory of a silo without one.</summary>
[Alias("voicegrains.IAuditGrain")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>Somebody is about to do something. Returns its number when that is kept; null: it can't be, and nothing must be done.</summary>
    [Alias("Begin")]
    Task<long?> Begin(AuditedAction action);

    /// <summary>What came of it. Only the first counts.</summary>
    [Alias("End")]
    Task End(long number, string result);

    /// <summary>The newest first, at most 200, below a number.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<ImmutableArray<AuditEntry>> List(long below, int count);
}

/// <summary>What somebody does.</summary>
/// <param name="Who">The session; people have no names until there are accounts.</param>
/// <param name="From">Address that they called from.</param>
/// <param name="What">Name of the action, for example <c>drain-silo</c>.</param>
/// <param name="Target">What it is done to, for example the name of a silo.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.AuditedAction")]
public sealed record AuditedAction(string Who, string From, string What, string Target);

/// <summary>Something that was done.</summary>
/// <param name="Result">Null: not known; whoever was to say so was lost on the way.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.AuditEntry")]
public sealed record AuditEntry(long Number, DateTimeOffset At, AuditedAction Action, string? Result, DateTimeOffset? EndedAt);
