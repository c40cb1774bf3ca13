using System.Globalization;

namespace VoiceGrains.Eval.Reports;

/// <summary>The table at the end.</summary>
static class Table
{
    static readonly (string Title, int Width, Func<Row, string> Value)[] Columns =
    [
        ("policy", -16, static row => row.Policy),
        ("to", -3, static row => row.Language.Tag),
        ("EVS p50", 8, static row => Shown(row.Score.EarVoiceSpan.Median, "0.00")),
        ("p95", 6, static row => Shown(row.Score.EarVoiceSpan.At(0.95), "0.00")),
        ("first", 6, static row => Shown(row.Score.FirstAudio.Median, "0.00")),
        ("before", 7, static row => Percent(row.Score.FirstAudioAfterEnd.ShareBelow(0), "0")),
        ("short", 6, static row => Shown(row.Score.ShortEndToAudio.Median, "0")),
        ("last", 6, static row => Shown(row.Score.EndToLastClause.Median / 1000, "0.00")),
        ("end", 6, static row => Shown(row.Score.EndOffset.Median, "0.00")),
        ("LAAL", 6, static row => Shown(row.Score.Text["laal"].Mean / 1000, "0.00")),
        ("CA", 6, static row => Shown(row.Score.Text["laal_ca"].Mean / 1000, "0.00")),
        ("erased", 7, static row => Shown(row.Score.Erased, "0.00")),
        ("comm.", 6, static row => Shown(row.Score.ErasedOfCommitted, "0.00")),
        ("wrong", 7, static row => Percent(row.Score.WrongSource, "0.0")),
        ("risk", 7, static row => Percent(row.Score.WrongSourceOfRisk, "0.0")),
        ("hits", 6, static row => Percent(row.Score.DraftHits, "0")),
        ("calls/s", 8, static row => Shown(row.Score.CallsPerSourceSecond, "0.00")),
        ("queue", 6, static row => Shown(row.Score.Queue.At(0.95), "0.00")),
        ("chrF", 6, static row => Shown(row.Score.Consistency, "0.0")),
        ("retr.", 6, static row => row.Score.Retractions.ToString(CultureInfo.InvariantCulture)),
        ("30 min", 12, static row => $"{Shown(row.Monologue.First, "0.0")}->{Shown(row.Monologue.Last, "0.0")}"),
    ];

    public static void Print(IEnumerable<Row> rows, TextWriter output)
    {
        output.WriteLine(Line(static column => column.Title));
        foreach (var row in rows)
            output.WriteLine(Line(column => column.Value(row)));
        output.WriteLine("Seconds, but short: milliseconds. first: first audio after the first word; before: share of utterances from 2.5 s whose translation starts before their end;");
        output.WriteLine("short, last, end: from the end of the utterance to the first audio of those below 1.5 s, to the audio of the last clause, to the end of all audio (medians);");
        output.WriteLine("30 min: median EVS in the first and in the last five minutes of the long monologue. docs/evaluation.md explains all of them.");
    }

    static string Line(Func<(string Title, int Width, Func<Row, string> Value), string> text) =>
        string.Concat(Columns.Select(column => column.Width < 0 ? text(column).PadRight(-column.Width) : text(column).PadLeft(column.Width))).TrimEnd();

    static string Shown(double? figure, string format) => figure?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    static string Percent(double? share, string format) => share is { } known ? Shown(100 * known, format) + " %" : "-";
}
