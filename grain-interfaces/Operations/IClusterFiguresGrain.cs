using System.Collections.Immutable;

namespace VoiceGrains.Operations;

/// <summary>
/// What the silos and gateways of a cluster carry, as they report it each second. Key: <c>cluster</c>. Holds nothing that must last: an activation that was lost is told anew
/// within a second. Asks no grain of a call for anything.
/// </summary>
[Alias("voicegrains.IClusterFiguresGrain")]
public interface IClusterFiguresGrain : IGrainWithStringKey
{
    /// <summary>Takes the place of what the process reported before.</summary>
    [Alias("Report")]
    Task Report(ProcessReport report);

    /// <summary>The cluster as it was reported last.</summary>
    [Alias("Describe"), AlwaysInterleave]
    Task<ClusterFigures> Describe();

    /// <summary>A part of the list of running calls.</summary>
    [Alias("ListCalls"), AlwaysInterleave]
    Task<CallFiguresPage> ListCalls(CallQuery query);

    /// <summary>Drains a process (<see cref="IProcessControl.Drain"/>) if others are left for what ends with it. Of two that are asked for at the same moment, one may be refused.</summary>
    [Alias("Drain"), AlwaysInterleave]
    Task<DrainAnswer> Drain(string instance);

    /// <inheritdoc cref="IProcessControl.SetLogLevel"/>
    /// <param name="instance">Of the process. False, here and below: it is not there.</param>
    [Alias("SetLogLevel"), AlwaysInterleave]
    Task<bool> SetLogLevel(string instance, LogLevelOrder order);

    /// <inheritdoc cref="IProcessControl.Look"/>
    [Alias("Look"), AlwaysInterleave]
    Task<ConnectionFigures?> Look(string instance, CallId call, ParticipantId participant);

    /// <inheritdoc cref="IProcessControl.Disconnect"/>
    [Alias("Disconnect"), AlwaysInterleave]
    Task<bool> Disconnect(string instance, CallId call, ParticipantId participant);
}

/// <summary>What came of a wish to drain a process.</summary>
/// <param name="Others">How many of its kind go on.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.DrainAnswer")]
public sealed record DrainAnswer(DrainResult Result, int Others);

/// <summary>Whether a process drains.</summary>
[GenerateSerializer, Alias("voicegrains.DrainResult")]
public enum DrainResult
{
    Drains,

    /// <summary>It is not there.</summary>
    Gone,

    /// <summary>No other silo goes on: nobody could take its calls.</summary>
    LastSilo,

    /// <summary>No other gateway goes on: its clients could go nowhere.</summary>
    LastGateway,
}

/// <summary>The cluster in figures.</summary>
/// <param name="At">When they were put together, by the clock of the silo that did.</param>
/// <param name="Processes">Silos first, each by name. Those that were lost are named for ten minutes, those that ended for one.</param>
/// <param name="Engines">By stage and place in the order.</param>
/// <param name="Calls">Running calls in all.</param>
/// <param name="TroubledCalls">Those of them that have lost frames, or a lane that lags by more than 2 s.</param>
/// <param name="UncountedCalls">Calls that processes carry beyond the bound of a report: they count, but are in no list.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.ClusterFigures")]
public sealed record ClusterFigures(
    DateTimeOffset At,
    ImmutableArray<ProcessStatus> Processes,
    ImmutableArray<EngineFigures> Engines,
    ImmutableArray<AccountFigures> Accounts,
    int Calls,
    int TroubledCalls,
    int UncountedCalls);

/// <summary>A process in the cluster.</summary>
/// <param name="SilentFor">How long ago its last report came.</param>
/// <param name="Activations">Of silos, by class of grain; empty while they are not known.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.ProcessStatus")]
public sealed record ProcessStatus(ProcessFigures Process, ProcessState State, TimeSpan SilentFor, ImmutableArray<ActivationCount> Activations)
{
    /// <summary>Whether it serves somebody.</summary>
    public bool IsThere => State is ProcessState.Alive or ProcessState.Draining;
}

/// <summary>How many activations of a class there are.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.ActivationCount")]
public sealed record ActivationCount(string Grain, int Count);

/// <summary>Asks for a part of the list of calls.</summary>
/// <param name="Search">Part of a call's id, title, tenant or silo, in any case; empty: all.</param>
/// <param name="Order">What comes first.</param>
/// <param name="Skip">0 or more.</param>
/// <param name="Take">1 to 200.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.CallQuery")]
public sealed record CallQuery(string Search, CallOrder Order, bool IsDescending, int Skip, int Take);

/// <summary>By what calls are sorted.</summary>
[GenerateSerializer, Alias("voicegrains.CallOrder")]
public enum CallOrder
{
    /// <summary>Those with something wrong first: lost frames, then lag.</summary>
    Trouble,
    Opened,
    Call,
    Title,
    Tenant,
    Silo,
    Participants,
    Frames,
    Lag,
    Lost,
}

/// <summary>A part of the list.</summary>
/// <param name="Total">Of the calls that were searched for.</param>
/// <param name="All">Running calls in all.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.CallFiguresPage")]
public sealed record CallFiguresPage(ImmutableArray<CallFigures> Calls, int Total, int All);

/// <summary>A running call in figures: what its silo says of it, with what all its participants add up to.</summary>
/// <param name="Frames">Taken in a second.</param>
/// <param name="Lag">Of the lane that is furthest behind.</param>
/// <param name="Lost">Frames, since its participants came to their silos.</param>
/// <param name="Silos">How many silos its participants live on.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.CallFigures")]
public sealed record CallFigures(ReportedCall Call, string Silo, double Frames, TimeSpan Lag, long Lost, int Segments, int Silos);
