using VoiceGrains.Engines;
using VoiceGrains.Operations;

namespace VoiceGrains.Tests.Unit.Ops;

/// <summary>Reports as processes send them.</summary>
static class Reports
{
    static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static ProcessReport Silo(string name, params ReportedCall[] calls) => Of(name, ProcessKind.Silo, name + "-first", calls);

    public static ProcessReport Gateway(string name) => Of(name, ProcessKind.Gateway, name + "-first");

    public static ProcessReport Of(string name, ProcessKind kind, string instance, params ReportedCall[] calls) => new(
        new ProcessFigures(
            name,
            kind,
            instance,
            "local",
            kind == ProcessKind.Silo ? $"10.0.0.1@{name}" : null,
            null,
            "host",
            1,
            Start,
            ProcessState.Alive,
            null,
            new ProcessLoad(4, 1, 100 << 20, 50 << 20, calls.Length, 0, 0, 0, 0)),
        null!,
        [.. calls],
        [],
        [],
        []);

    public static ProcessReport With(this ProcessReport report, ProcessState state) => report with { Process = report.Process with { State = state } };

    public static ProcessReport On(this ProcessReport report, string machine) => report with { Process = report.Process with { Machine = machine } };

    public static ProcessReport StartedAgain(this ProcessReport report) =>
        report with { Process = report.Process with { Instance = report.Process.Instance + "-again", StartedAt = report.Process.StartedAt.AddMinutes(1) } };

    public static ReportedCall Call(string id, string? title = null, string tenant = "demo", int connected = 2) =>
        new(new CallId($"local-{id}"), new TenantId(tenant), title, Start, connected, connected, [Language.Parse("en")], IsEnding: false);

    public static CallShare Share(string id, double frames = 10, double lag = 0, long lost = 0) =>
        new(new CallId($"local-{id}"), 1, frames, TimeSpan.FromSeconds(lag), lost, 1);

    public static EngineFigures Engine(string name, BreakerState state, int failures = 0, string stage = "recognizer", int place = 1) =>
        new(stage, name, "api.example.org", $"{stage}/{name}/api.example.org", place, state, null, state == BreakerState.Open ? TimeSpan.FromSeconds(9) : TimeSpan.Zero, false, failures, 1);
}
