using System.Collections.Immutable;
using VoiceGrains.Engines;

namespace VoiceGrains.Operations;

/// <summary>What a silo or gateway carries now.</summary>
/// <param name="Control">The way to it. Only the grain that takes reports uses it: clients can't call each other.</param>
/// <param name="Calls">Those that live here, at most <see cref="MostCalls"/>; the rest are in <see cref="ProcessLoad.Calls"/> only.</param>
/// <param name="Shares">What the participants that live here add to their calls, which may live elsewhere; as many at most.</param>
/// <param name="Engines">As this silo knows them.</param>
/// <param name="Accounts">Places of accounts that this silo holds.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.ProcessReport")]
public sealed record ProcessReport(
    ProcessFigures Process,
    IProcessControl Control,
    ImmutableArray<ReportedCall> Calls,
    ImmutableArray<CallShare> Shares,
    ImmutableArray<EngineFigures> Engines,
    ImmutableArray<AccountFigures> Accounts)
{
    /// <summary>Calls in one report: half a megabyte. A silo that carries more is large enough to be looked at by its sums.</summary>
    public const int MostCalls = 2_000;
}

/// <summary>A process.</summary>
/// <param name="Instance">Unique for each start.</param>
/// <param name="Silo">Address within the cluster, of a silo; null: none.</param>
/// <param name="Address">Where it is reached over HTTP; null: not known yet.</param>
/// <param name="LogLevel">Null: as the settings say.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.ProcessFigures")]
public sealed record ProcessFigures(
    string Name,
    ProcessKind Kind,
    string Instance,
    string Region,
    string? Silo,
    string? Address,
    string Machine,
    int ProcessId,
    DateTimeOffset StartedAt,
    ProcessState State,
    LogDetail? LogLevel,
    ProcessLoad Load)
{
    /// <summary>The process of the operating system: a silo may share it with a gateway, which then tells of the same processor time and memory, and ends with it.</summary>
    public (string Machine, int Id) Host => (Machine, ProcessId);
}

/// <summary>How much a process carries.</summary>
/// <param name="Cores">Of the machine.</param>
/// <param name="Cpu">Cores that it uses: 0 to <paramref name="Cores"/>.</param>
/// <param name="Memory">Bytes of the machine.</param>
/// <param name="Heap">Bytes of them that managed objects take.</param>
/// <param name="Calls">That live on a silo, or have a connection at a gateway.</param>
/// <param name="Participants">That live on a silo.</param>
/// <param name="Connections">Open sockets of a gateway.</param>
/// <param name="Frames">Taken in a second.</param>
/// <param name="Segments">That ended, in a second.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.ProcessLoad")]
public sealed record ProcessLoad(int Cores, double Cpu, long Memory, long Heap, int Calls, int Participants, int Connections, double Frames, double Segments)
{
    /// <summary>The part of its machine that it uses, 0 to 1.</summary>
    public double CpuShare => Cores > 0 ? Cpu / Cores : 0;
}

/// <summary>What a process does.</summary>
[GenerateSerializer, Alias("voicegrains.ProcessKind")]
public enum ProcessKind
{
    Silo,
    Gateway,
}

/// <summary>How a process is.</summary>
[GenerateSerializer, Alias("voicegrains.ProcessState")]
public enum ProcessState
{
    Alive,

    /// <summary>It hands over what it carries, then ends.</summary>
    Draining,

    /// <summary>It ended in order.</summary>
    Ended,

    /// <summary>It has said nothing for more than 5 s.</summary>
    Lost,
}

/// <summary>A call, as its silo knows it.</summary>
/// <param name="Participants">With a place.</param>
/// <param name="Connected">Of them.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.ReportedCall")]
public sealed record ReportedCall(
    CallId Call, TenantId Tenant, string? Title, DateTimeOffset OpenedAt, int Participants, int Connected, ImmutableArray<Language> Languages, bool IsEnding);

/// <summary>What the participants on one silo add to a call.</summary>
/// <param name="Frames">Taken in a second.</param>
/// <param name="Lag">Of the lane that is furthest behind.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.CallShare")]
public sealed record CallShare(CallId Call, int Participants, double Frames, TimeSpan Lag, long Lost, int Segments);

/// <summary>An engine and its breaker.</summary>
/// <param name="Key">Of its <see cref="IEngineHealthGrain"/>; null: it runs on the silos themselves and has no breaker.</param>
/// <param name="Place">In the order in which engines of the stage are tried, from 1.</param>
/// <param name="OpenFor">How long nobody uses it, from now on.</param>
/// <param name="IsHeld">Opened by an operator.</param>
/// <param name="Failures">In the last minute, over all silos.</param>
/// <param name="Silos">That name it among their engines.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.EngineFigures")]
public sealed record EngineFigures(
    string Stage, string Name, string? Endpoint, string? Key, int Place, BreakerState State, FaultKind? Reason, TimeSpan OpenFor, bool IsHeld, int Failures, int Silos);

/// <summary>The places of an account: how many calls it may have at a time.</summary>
/// <param name="Held">In use, over all silos.</param>
/// <param name="Limit">By the settings, or fewer where the vendor said so.</param>
/// <param name="Waiting">Calls that wait for a place.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.AccountFigures")]
public sealed record AccountFigures(string Account, int Held, int Limit, int Waiting);
