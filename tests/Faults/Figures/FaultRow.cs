using System.Text.Json;
using VoiceGrains.Tests.Faults.Checks;

namespace VoiceGrains.Tests.Faults.Figures;

/// <summary>All runs of one fault, as the table and the JSON file show them.</summary>
sealed class FaultRow(string fault)
{
    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    readonly List<double> _accepted = [];
    readonly List<double> _gaps = [];
    readonly List<double> _lags = [];

    public string Fault => fault;

    public int Runs { get; private set; }

    public int Lost { get; private set; }

    public int Duplicated { get; private set; }

    public int RepeatsAfterDoubleFailure { get; private set; }

    public long FramesUnaccounted { get; private set; }

    public double? AcceptedMsP50 => At(_accepted, 0.5);

    public double? AcceptedMsP95 => At(_accepted, 0.95);

    public double? GapMsP50 => At(_gaps, 0.5);

    public double? GapMsP95 => At(_gaps, 0.95);

    public double? GapMsMax => At(_gaps, 1);

    public double? LagNormalMsP95 => At(_lags, 0.95);

    /// <summary>Whether everything came, once, unchanged and in order, and every frame is accounted for.</summary>
    public bool IsClean { get; private set; } = true;

    public void Add(IReadOnlyList<Finding> findings, long framesUnaccounted, IReadOnlyList<CallFigures> hitCalls)
    {
        Runs++;
        Lost += Count(findings, FindingKind.Lost);
        Duplicated += Count(findings, FindingKind.Duplicated);
        RepeatsAfterDoubleFailure += Count(findings, FindingKind.Repeated);
        FramesUnaccounted += framesUnaccounted;
        IsClean &= findings.All(static finding => finding.Kind == FindingKind.Repeated) && framesUnaccounted == 0;
        _gaps.AddRange(hitCalls.Select(static call => call.Gap.TotalMilliseconds));
        _lags.AddRange(hitCalls.Select(static call => call.LagNormal.TotalMilliseconds));
        // Who was never accepted again counts as infinitely late, or the worst would be the best.
        _accepted.AddRange(hitCalls.SelectMany(static call => call.Accepted).Select(static accepted => accepted?.TotalMilliseconds ?? double.PositiveInfinity));
    }

    public static string ToJson(IEnumerable<FaultRow> rows) => JsonSerializer.Serialize(
        rows.Select(static row => new
        {
            row.Fault,
            row.Runs,
            row.Lost,
            row.Duplicated,
            row.RepeatsAfterDoubleFailure,
            row.FramesUnaccounted,
            row.AcceptedMsP50,
            row.AcceptedMsP95,
            row.GapMsP50,
            row.GapMsP95,
            row.GapMsMax,
            row.LagNormalMsP95,
        }),
        Json);

    /// <summary>A share of the values is not higher than this. Null: there are none, or it is infinite.</summary>
    internal static double? At(List<double> values, double share)
    {
        if (values.Count == 0)
            return null;
        var value = values.Order().ElementAt(Math.Clamp((int)Math.Ceiling(values.Count * share) - 1, 0, values.Count - 1));
        return double.IsFinite(value) ? Math.Round(value, 1) : null;
    }

    static int Count(IReadOnlyList<Finding> findings, FindingKind kind) => findings.Count(finding => finding.Kind == kind);
}
