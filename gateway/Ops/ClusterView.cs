using System.Globalization;
using System.Text.Json.Nodes;
using VoiceGrains.Operations;

namespace VoiceGrains.Gateway.Ops;

/// <summary>The cluster as the page shows it: members with names for what changes, so that deltas are small. Nothing is null.</summary>
static class ClusterView
{
    public static JsonObject Of(FeedState state, CallFiguresPage calls)
    {
        var figures = state.Figures!;
        return new JsonObject
        {
            ["at"] = figures.At.ToUnixTimeMilliseconds(),
            ["sums"] = Sums(figures),
            ["troubles"] = Troubles.Of(figures),
            ["processes"] = Rows(figures.Processes.Select(static (process, place) => (process.Process.Instance, RowOf(process, place)))),
            ["engines"] = Rows(figures.Engines.Select(static (engine, place) => ($"{engine.Stage}/{engine.Name}/{engine.Endpoint}", RowOf(engine, place)))),
            ["accounts"] = Rows(figures.Accounts.Select(static (account, place) => (account.Account, RowOf(account, place)))),
            ["calls"] = Of(calls),
        };
    }

    /// <summary>A page of calls: the rows by id, and their order.</summary>
    public static JsonObject Of(CallFiguresPage calls) => new()
    {
        ["total"] = calls.Total,
        ["all"] = calls.All,
        ["order"] = string.Join(' ', calls.Calls.Select(static call => call.Call.Call.Value)),
        ["rows"] = Rows(calls.Calls.Select(static call => (call.Call.Call.Value, RowOf(call)))),
    };

    static JsonObject Sums(ClusterFigures figures)
    {
        var there = figures.Processes.Where(static process => process.IsThere).ToList();
        // A silo may have a gateway in its process: both tell of the same processor time and memory.
        var machines = there.DistinctBy(static process => process.Process.Host).Select(static process => process.Process.Load).ToList();
        var silos = there.Where(static process => process.Process.Kind == ProcessKind.Silo).Select(static process => process.Process.Load).ToList();
        return new JsonObject
        {
            ["silos"] = silos.Count,
            ["gateways"] = there.Count - silos.Count,
            ["calls"] = figures.Calls + figures.UncountedCalls,
            ["participants"] = silos.Sum(static load => load.Participants),
            ["connections"] = there.Sum(static process => process.Process.Load.Connections),
            ["frames"] = Math.Round(silos.Sum(static load => load.Frames)),
            ["segments"] = Math.Round(silos.Sum(static load => load.Segments), 1),
            ["cpu"] = Math.Round(100 * machines.Select(static load => load.CpuShare).DefaultIfEmpty().Average()),
            ["memory"] = Megabytes(machines.Sum(static load => load.Memory)),
        };
    }

    static JsonObject RowOf(ProcessStatus status, int place)
    {
        var (process, load) = (status.Process, status.Process.Load);
        var row = new JsonObject
        {
            ["place"] = place,
            ["kind"] = process.Kind == ProcessKind.Silo ? "silo" : "gateway",
            ["name"] = process.Name,
            ["state"] = status.State.ToString().ToLowerInvariant(),
            ["region"] = process.Region,
            ["machine"] = process.Machine,
            ["pid"] = process.ProcessId,
            ["since"] = process.StartedAt.ToUnixTimeMilliseconds(),
            ["cpu"] = Math.Round(100 * load.CpuShare),
            ["cores"] = load.Cores,
            ["memory"] = Megabytes(load.Memory),
            ["heap"] = Megabytes(load.Heap),
            ["calls"] = load.Calls,
            ["participants"] = load.Participants,
            ["connections"] = load.Connections,
            ["frames"] = Math.Round(load.Frames),
            ["segments"] = Math.Round(load.Segments, 1),
        };
        if (process.Address is { } address)
            row["address"] = address;
        if (process.LogLevel is { } level)
            row["logLevel"] = level.ToString();
        if (status.State == ProcessState.Lost)
            row["silent"] = Math.Floor(status.SilentFor.TotalSeconds);
        if (!status.Activations.IsEmpty)
            row["activations"] = string.Join(", ", status.Activations.Select(static count => string.Create(CultureInfo.InvariantCulture, $"{count.Grain} {count.Count}")));
        return row;
    }

    static JsonObject RowOf(EngineFigures engine, int place)
    {
        var row = new JsonObject
        {
            ["place"] = place,
            ["stage"] = engine.Stage,
            ["name"] = engine.Name,
            ["order"] = engine.Place,
            ["state"] = engine.State.ToString().ToLowerInvariant(),
            ["failures"] = engine.Failures,
            ["silos"] = engine.Silos,
            ["held"] = engine.IsHeld,
        };
        if (engine.Key is { } key)
            (row["key"], row["endpoint"]) = (key, engine.Endpoint);
        if (engine.Reason is { } reason)
            row["reason"] = reason.ToString();
        if (engine.OpenFor > TimeSpan.Zero)
            row["openFor"] = Math.Ceiling(engine.OpenFor.TotalSeconds);
        return row;
    }

    static JsonObject RowOf(AccountFigures account, int place) => new()
    {
        ["place"] = place,
        ["held"] = account.Held,
        ["limit"] = account.Limit,
        ["waiting"] = account.Waiting,
    };

    static JsonObject RowOf(CallFigures call) => new()
    {
        ["title"] = call.Call.Title ?? "",
        ["tenant"] = call.Call.Tenant.Value,
        ["silo"] = call.Silo,
        ["silos"] = call.Silos,
        ["opened"] = call.Call.OpenedAt.ToUnixTimeMilliseconds(),
        ["participants"] = call.Call.Participants,
        ["connected"] = call.Call.Connected,
        ["languages"] = string.Join(' ', call.Call.Languages.Select(static language => language.Tag)),
        ["frames"] = Math.Round(call.Frames),
        ["lag"] = Math.Round(call.Lag.TotalSeconds, 1),
        ["lost"] = call.Lost,
        ["segments"] = call.Segments,
        ["ending"] = call.Call.IsEnding,
    };

    static double Megabytes(long bytes) => Math.Round(bytes / 1_048_576.0);

    static JsonObject Rows(IEnumerable<(string Name, JsonObject Row)> rows)
    {
        var all = new JsonObject();
        foreach (var (name, row) in rows)
            all[name] = row;
        return all;
    }
}
