using System.Globalization;
using System.Text.Json.Nodes;
using VoiceGrains.Engines;
using VoiceGrains.Operations;

namespace VoiceGrains.Gateway.Ops;

/// <summary>What is wrong, or about to be, in words: the first thing that an operator reads.</summary>
static class Troubles
{
    const double BusyShare = 0.85;

    /// <summary>By a name that stays the same while the trouble lasts. Level: <c>bad</c> somebody is hurt or will be, <c>warn</c> look at it, <c>note</c> somebody does something.</summary>
    public static JsonObject Of(ClusterFigures figures)
    {
        var troubles = new JsonObject();
        foreach (var process in figures.Processes)
            OfProcess(process, troubles);
        if (!figures.Processes.Any(static process => process is { State: ProcessState.Alive, Process.Kind: ProcessKind.Silo }))
            Add(troubles, "no-silo", "bad", "No silo is alive: nobody can be served.");
        foreach (var engine in figures.Engines.Where(static engine => engine.State != BreakerState.Closed))
        {
            var hasOther = figures.Engines.Any(other => other.Stage == engine.Stage && other != engine && other.State == BreakerState.Closed);
            Add(troubles, $"engine {engine.Key}", engine.IsHeld && hasOther ? "note" : "bad", TextOf(engine, hasOther));
        }

        foreach (var account in figures.Accounts.Where(static account => account.Held >= account.Limit || account.Waiting > 0))
        {
            Add(troubles, $"account {account.Account}", account.Waiting > 0 ? "bad" : "warn", account.Waiting > 0
                ? $"All {account.Limit} places of the account {account.Account} are in use, and calls wait for one."
                : $"All {account.Limit} places of the account {account.Account} are in use.");
        }

        if (figures.TroubledCalls > 0)
        {
            var text = figures.TroubledCalls == 1 ? "1 call has lost frames or lags by more than 2 s." : Text($"{figures.TroubledCalls:N0} calls have lost frames or lag by more than 2 s.");
            Add(troubles, "calls", "warn", $"{text} The list shows them first.");
        }

        if (figures.UncountedCalls > 0)
            Add(troubles, "uncounted", "note", Text($"{figures.UncountedCalls:N0} calls are counted but not in the list: a silo carries more than {ProcessReport.MostCalls:N0}."));
        return troubles;
    }

    static void OfProcess(ProcessStatus status, JsonObject troubles)
    {
        var (process, name) = (status.Process, $"process {status.Process.Instance}");
        var title = $"{(process.Kind == ProcessKind.Silo ? "Silo" : "Gateway")} {process.Name}";
        switch (status.State)
        {
            case ProcessState.Lost:
                Add(troubles, name, "bad", process.Kind == ProcessKind.Silo
                    ? $"{title} is lost: it has said nothing for {Age(status.SilentFor)}. Its calls go on at other silos."
                    : $"{title} is lost: it has said nothing for {Age(status.SilentFor)}. Its clients connect to other gateways.");
                break;
            case ProcessState.Draining:
                Add(troubles, name, "note", $"{title} is being drained.");
                break;
            case ProcessState.Alive when process.Load.CpuShare > BusyShare:
                Add(troubles, name, "warn", $"{title} is busy: it uses more than {BusyShare:P0} of its machine.");
                break;
        }

        if (process.LogLevel is { } level && status.State == ProcessState.Alive)
            Add(troubles, $"log {process.Instance}", "note", $"{title} logs at {level}, which an operator asked for.");
    }

    static string TextOf(EngineFigures engine, bool hasOther) => engine switch
    {
        { State: BreakerState.HalfOpen } => $"The {engine.Stage} {engine.Name} failed, and is being tried again.",
        { IsHeld: true } => $"An operator keeps everybody from the {engine.Stage} {engine.Name}; {Instead(engine, hasOther)}",
        _ => $"The {engine.Stage} {engine.Name} fails ({engine.Reason}): nobody uses it for now, {Instead(engine, hasOther)}",
    };

    // Whether the other knows the languages is not known here.
    static string Instead(EngineFigures engine, bool hasOther) =>
        hasOther ? "another engine is used where it knows the languages." : $"and no other {engine.Stage} works: calls go on without.";

    // In steps, so that the line does not change each second.
    static string Age(TimeSpan age) => age.TotalMinutes >= 1 ? $"{(int)age.TotalMinutes} min" : $"{(int)age.TotalSeconds / 5 * 5} s";

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    static void Add(JsonObject troubles, string name, string level, string text) => troubles[name] = new JsonObject { ["level"] = level, ["text"] = text };
}
