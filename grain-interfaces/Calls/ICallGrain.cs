using System.Collections.Immutable;

namespace VoiceGrains.Calls;

/// <summary>
/// One call: who takes part, who hears what, when it ends. It is not on the path of audio or captions.
/// Key: <see cref="CallId"/>. Failures: <see cref="TimeoutException"/> and <see cref="OrleansException"/> mean "outcome unknown"; each method may be repeated.
/// </summary>
[Alias("voicegrains.ICallGrain")]
public interface ICallGrain : IGrainWithStringKey
{
    /// <summary>Opens the call. Opening an open call again changes nothing.</summary>
    [Alias("Open")]
    Task<OpenOutcome> Open(CallSettings settings);

    /// <summary>Asks for a place. A place that no gateway confirms by <see cref="Renew"/> within 10 s is given away again.</summary>
    [Alias("Join")]
    Task<JoinOutcome> Join(JoinRequest request);

    /// <summary>
    /// A gateway says which participants are connected to it, at once after a change and every 2 s. Without it the link ends after 6 s, and
    /// participants that no gateway names any more leave after <see cref="CallSettings.AbsenceLimit"/>.
    /// </summary>
    [Alias("Renew")]
    Task<RenewOutcome> Renew(LinkRenewal renewal);

    /// <summary>The participant leaves for good. Ignored when <paramref name="epoch"/> is older than their connection.</summary>
    [Alias("Leave")]
    Task Leave(ParticipantId participant, int epoch);

    /// <summary>Ends the call for everybody. What was said so far is finished and recorded.</summary>
    [Alias("End")]
    Task End(EndReason reason);

    /// <summary>The call as it is now; null if no call of this id was ever opened.</summary>
    [Alias("Describe"), AlwaysInterleave]
    Task<CallDescription?> Describe();

    /// <summary>How the people of the call speak. <see cref="CallTerms.None"/> when the call was opened without, or never.</summary>
    [Alias("Terms"), AlwaysInterleave]
    Task<CallTerms> Terms();

    /// <summary>News from a participant of the call. Sent outside any call from above, so it can't close a cycle.</summary>
    [Alias("Hear"), AlwaysInterleave]
    Task Hear(ParticipantNews news);

    /// <summary>Recorded segments in the order in which they were recorded, from <paramref name="position"/> (0 is the first), at most 500.</summary>
    [Alias("ReadTranscript"), AlwaysInterleave]
    Task<TranscriptPage> ReadTranscript(int position, int count);
}

/// <summary>What a call is opened with.</summary>
/// <param name="Tenant">Who pays.</param>
/// <param name="Title">Shown in lists; at most 200 characters.</param>
/// <param name="MaxParticipants">People with a place at a time. Default: 500.</param>
/// <param name="AbsenceLimit">How long a participant without a connection keeps their place. Default: 30 s.</param>
/// <param name="EmptyLimit">How long a call without connected participants stays open. Default: 60 s.</param>
/// <param name="Terms">Default: none.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.CallSettings")]
public sealed record CallSettings(TenantId Tenant, string? Title, int MaxParticipants, TimeSpan AbsenceLimit, TimeSpan EmptyLimit, CallTerms Terms)
{
    /// <summary>The defaults, for a tenant.</summary>
    public static CallSettings For(TenantId tenant) => new(tenant, null, 500, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), CallTerms.None);
}

/// <summary>Whether the call is open.</summary>
[GenerateSerializer, Alias("voicegrains.OpenOutcome")]
public enum OpenOutcome
{
    Opened,

    /// <summary>A call of this id ended before. Ids are never used twice.</summary>
    HasEnded,

    /// <summary>The tenant has as many calls as their limit allows.</summary>
    TenantIsFull,
}

/// <summary>Why a call ended.</summary>
[GenerateSerializer, Alias("voicegrains.EndReason")]
public enum EndReason
{
    /// <summary>Somebody with the right to do so ended it.</summary>
    Requested,

    /// <summary>Nobody was connected for <see cref="CallSettings.EmptyLimit"/>.</summary>
    Empty,
}

/// <summary>Where a call is in its life.</summary>
[GenerateSerializer, Alias("voicegrains.CallStatus")]
public enum CallStatus
{
    Open,
    Ended,
}

/// <summary>A call as it is now.</summary>
/// <param name="Silo">Name of the silo that the activation lives on.</param>
/// <param name="IsPartial">The call has just come to this silo and has not heard from all gateways: who is missing in the roster may be there.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.CallDescription")]
public sealed record CallDescription(
    string Silo,
    CallId Call,
    TenantId Tenant,
    string? Title,
    CallStatus Status,
    DateTimeOffset OpenedAt,
    DateTimeOffset? EndedAt,
    bool IsPartial,
    ImmutableArray<RosterEntry> Roster);

/// <summary>A recorded page of the transcript.</summary>
/// <param name="Segments">In recording order.</param>
/// <param name="Next">Position of the next page, or null at the end.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.TranscriptPage")]
public sealed record TranscriptPage(ImmutableArray<RecordedSegment> Segments, int? Next);

/// <summary>What a participant tells its call.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.ParticipantNews")]
public sealed record ParticipantNews(ParticipantId Participant, NewsKind Kind);

/// <summary>Kinds of news.</summary>
[GenerateSerializer, Alias("voicegrains.NewsKind")]
public enum NewsKind
{
    /// <summary>The participant was activated and knows no audience.</summary>
    NeedsAudience,

    /// <summary>What the participant said is finished and recorded, after <see cref="Participants.IParticipantGrain.Finish"/>.</summary>
    Finished,
}
