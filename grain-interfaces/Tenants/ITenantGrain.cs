using System.Collections.Immutable;

namespace VoiceGrains.Tenants;

/// <summary>
/// One tenant: how many calls they may have at a time, exactly, over the whole cluster. Key: <see cref="TenantId"/>.
/// A place is a lease: it is renewed by the call, and comes back by itself when a call dies without saying so.
/// </summary>
[Alias("voicegrains.ITenantGrain")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>Takes or renews a place for 60 s. False: all places are taken.</summary>
    [Alias("Admit")]
    Task<bool> Admit(CallId call);

    /// <summary>Gives the place back.</summary>
    [Alias("Release")]
    Task Release(CallId call);
}

/// <summary>The running calls of a tenant, for lists. Key: <see cref="TenantId"/>. Entries are leases of 60 s, renewed by the calls.</summary>
[Alias("voicegrains.ICallIndexGrain")]
public interface ICallIndexGrain : IGrainWithStringKey
{
    [Alias("Note")]
    Task Note(CallSummary call);

    [Alias("Remove")]
    Task Remove(CallId call);

    /// <summary>Newest first; at most 500 at a time.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<CallPage> List(int skip, int take);
}

/// <summary>A running call in a list.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.CallSummary")]
public sealed record CallSummary(CallId Call, string? Title, DateTimeOffset OpenedAt, int Participants, ImmutableArray<Language> Languages);

/// <summary>A part of the list.</summary>
/// <param name="Total">Running calls in all.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.CallPage")]
public sealed record CallPage(ImmutableArray<CallSummary> Calls, int Total);
