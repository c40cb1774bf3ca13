using System.Collections.Immutable;
using System.Globalization;

namespace VoiceGrains.Eval.Reports;

/// <summary>A column of the tables.</summary>
/// <param name="Title">In plain text, where there is little room.</param>
/// <param name="Heading">In Markdown.</param>
/// <param name="Asked">What was asked for. Null: nothing.</param>
sealed record Column(string Title, string Heading, Func<Row, string> Value, Func<Goals, string>? Asked = null)
{
    public static readonly ImmutableArray<Column> All =
    [
        new("policy", "policy", static row => row.Policy, static _ => "*asked for*"),
        new("to", "to", static row => row.Language.Tag, static goals => goals.Language.Tag),
        new("EVS p50", "EVS p50", static row => Shown(row.Score.EarVoiceSpan.Median, "0.00"), static goals => $"≤ {Shown(goals.EarVoiceSpan, "0.0")}"),
        new("p95", "EVS p95", static row => Shown(row.Score.EarVoiceSpan.At(0.95), "0.00"), static goals => $"≤ {Shown(goals.WorstEarVoiceSpan, "0.0")}"),
        new("first", "first audio p50", static row => Shown(row.Score.FirstAudio.Median, "0.00"), static _ => $"≤ {Shown(Goals.FirstAudio, "0.0")}"),
        new("before", "before the end", static row => Percent(row.Score.FirstAudioAfterEnd.ShareBelow(0), "0"), static _ => $"≥ {Percent(Goals.BeforeEnd, "0")}"),
        new("short", "short: end to audio p50, ms", static row => Shown(row.Score.ShortEndToAudio.Median, "0"), static _ => $"≤ {Shown(Goals.Short, "0")}"),
        new("last", "end to last clause p50", static row => Shown(row.Score.EndToLastClause.Median / 1000, "0.00")),
        new("end", "end offset p50", static row => Shown(row.Score.EndOffset.Median, "0.00")),
        new("LAAL", "LAAL CU", static row => Shown(row.Score.Text["laal"].Mean / 1000, "0.00")),
        new("CA", "LAAL CA", static row => Shown(row.Score.Text["laal_ca"].Mean / 1000, "0.00")),
        new("erased", "erasure", static row => Shown(row.Score.Erased, "0.00"), static _ => $"≤ {Shown(Goals.Erased, "0.00")}"),
        new("comm.", "of committed", static row => Shown(row.Score.ErasedOfCommitted, "0.00"), static _ => "0"),
        new("wrong", "wrong source", static row => Percent(row.Score.WrongSource, "0.0"), static _ => $"≤ {Percent(Goals.WrongSource, "0")}"),
        new("risk", "of risk words", static row => Percent(row.Score.WrongSourceOfRisk, "0.0"), static _ => "0"),
        new("hits", "draft hits", static row => Percent(row.Score.DraftHits, "0")),
        new("calls/s", "calls/s", static row => Shown(row.Score.CallsPerSourceSecond, "0.00"), static _ => $"≤ {Shown(Goals.CallsPerSourceSecond, "0.0")}"),
        new("queue", "queue p95", static row => Shown(row.Score.Queue.At(0.95), "0.00"), static _ => $"≤ {Shown(Goals.Queue, "0")}"),
        new("chrF", "chrF", static row => Shown(row.Score.Consistency, "0.0")),
        new("retr.", "retractions", static row => row.Score.Retractions.ToString(CultureInfo.InvariantCulture), static _ => "0"),
        new("30 min", "30 min: first, last", static row => $"{Shown(row.Monologue.First, "0.0")}, {Shown(row.Monologue.Last, "0.0")}", static _ => $"≤ {Shown(Goals.Drift, "0.0")} more"),
    ];

    /// <summary>Those between which a policy has to choose.</summary>
    public static readonly ImmutableArray<Column> OfTrade =
        [.. All.Where(static column => column.Title is "policy" or "to" or "EVS p50" or "p95" or "first" or "short" or "wrong" or "risk" or "calls/s" or "chrF" or "erased")];

    static string Shown(double? figure, string format) => figure?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    static string Percent(double? share, string format) => share is { } known ? Shown(100 * known, format) + " %" : "-";
}
