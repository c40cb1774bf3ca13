using System.Collections.Immutable;

namespace VoiceGrains.Eval.Reports;

/// <summary>The tables at the end, in plain text or in Markdown.</summary>
sealed class Table(TextWriter output, bool asMarkdown)
{
    // Policy and language.
    const int ColumnsOfText = 2;

    /// <summary>Everything that is shown of each row.</summary>
    /// <param name="withGoals">Beside our default policy what was asked for: it was asked for in the shipped profile.</param>
    public void Print(IReadOnlyList<Row> rows, bool withGoals)
    {
        var lines = rows.Select(static row => Column.All.Select(column => column.Value(row)).ToArray()).ToList();
        var last = rows.Select(static row => row.Policy).ToList().LastIndexOf(Goals.Policy);
        if (withGoals && last >= 0)
            lines.InsertRange(last + 1, rows.Where(static row => row.Policy == Goals.Policy).Select(static row => Goals.In(row.Language)).OfType<Goals>().Select(Asked));
        Print(Column.All, lines);
        if (asMarkdown)
            return;
        output.WriteLine("Seconds, but short: milliseconds. first: first audio after the first word; before: share of utterances from 2.5 s whose translation starts before their end;");
        output.WriteLine("short, last, end: from the end of the utterance to the first audio of those below 1.5 s, to the audio of the last clause, to the end of all audio (medians);");
        output.WriteLine("30 min: median EVS in the first and in the last five minutes of the long monologue. docs/evaluation.md explains all of them.");
    }

    /// <summary>What a shorter lag costs, without the rest.</summary>
    public void PrintTrade(string title, IEnumerable<Row> rows)
    {
        output.WriteLine($"\n{title}:\n");
        Print(Column.OfTrade, [.. rows.Select(static row => Column.OfTrade.Select(column => column.Value(row)).ToArray())]);
    }

    static string[] Asked(Goals goals) => [.. Column.All.Select(column => column.Asked?.Invoke(goals) ?? "")];

    void Print(ImmutableArray<Column> columns, List<string[]> lines)
    {
        if (asMarkdown)
        {
            output.WriteLine($"| {string.Join(" | ", columns.Select(static column => column.Heading))} |");
            output.WriteLine($"|{string.Concat(columns.Select(static _ => "---|"))}");
            lines.ForEach(cells => output.WriteLine($"| {string.Join(" | ", cells)} |"));
            return;
        }

        lines.Insert(0, [.. columns.Select(static column => column.Title)]);
        var widths = columns.Select((_, at) => lines.Max(cells => cells[at].Length)).ToList();
        lines.ForEach(cells => output.WriteLine(string.Join("  ", cells.Select((cell, at) => at < ColumnsOfText ? cell.PadRight(widths[at]) : cell.PadLeft(widths[at]))).TrimEnd()));
    }
}
