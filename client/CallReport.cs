using System.Text.Json;
using VoiceGrains.Protocol;

namespace VoiceGrains.Client;

/// <summary>One segment as the listener got it. Times in milliseconds; null: did not happen.</summary>
sealed record SegmentRow(int Segment)
{
    public string Language { get; set; } = "";

    public string Text { get; set; } = "";

    public string Translation { get; set; } = "";

    public string Quality { get; set; } = "";

    public bool Final { get; set; }

    public double? RecognizeMs { get; set; }

    public double? TranslateMs { get; set; }

    public double? SpeakMs { get; set; }

    /// <summary>From the end of the spoken phrase, as it was sent, to the first translated audio, as it arrived.</summary>
    public double? EndToFirstAudioMs { get; set; }
}

/// <summary>Prints captions as they grow, and keeps the figures of each segment.</summary>
sealed class CallReport(string from, string to, bool isInteractive, TextWriter output)
{
    readonly SortedDictionary<int, SegmentRow> _rows = [];
    string _line = "";

    public IReadOnlyCollection<SegmentRow> Rows => _rows.Values;

    public void Take(Caption caption)
    {
        lock (_rows)
            TakeLocked(caption);
    }

    void TakeLocked(Caption caption)
    {
        var row = Row(caption.Segment);
        var isOriginal = caption.Language == caption.SpokenLanguage;
        var text = caption.Tail.Length == 0 ? caption.Text : $"{caption.Text}{(caption.Text.Length == 0 ? "" : " ")}{caption.Tail}";
        if (isOriginal)
            (row.Text, row.RecognizeMs) = (text, caption.Latency.Recognize ?? row.RecognizeMs);
        else
            (row.Translation, row.Quality, row.TranslateMs, row.Final) = (text, caption.Quality, caption.Latency.Translate ?? row.TranslateMs, caption.Final);
        row.Language = caption.SpokenLanguage;
        Show($"{caption.Segment,3}  {caption.Language,-5}  {text}{(caption.Quality is "rough" or "untranslated" ? $"  ({caption.Quality})" : "")}{(caption.Final ? "" : " …")}", caption.Final);
    }

    public void Take(SpeechBegin begin, double? sinceSpeechEnd)
    {
        var row = Row(begin.Segment);
        if (row.SpeakMs is not null)
            return;
        row.SpeakMs = begin.Latency.Speak;
        row.TranslateMs ??= begin.Latency.Translate;
        row.RecognizeMs ??= begin.Latency.Recognize;
        row.EndToFirstAudioMs = sinceSpeechEnd;
    }

    public void Take(Notice notice) => Note(notice.Text);

    /// <summary>Shows something that is no caption.</summary>
    public void Note(string text)
    {
        lock (_rows)
            Show($"  !  {text}", isLast: true);
    }

    /// <summary>The table at the end.</summary>
    public void Summarize(LedgerSummary ledger)
    {
        var spoken = _rows.Values.Select(static row => row.EndToFirstAudioMs).OfType<double>().Order().ToList();
        output.WriteLine();
        output.WriteLine($"{from} -> {to}: {_rows.Values.Count(static row => row.Text.Length > 0)} segments, {ledger.Sent} frames sent, {ledger.Recorded} recorded");
        output.WriteLine($"  {"stage",-34}{"p50",8}{"max",8}  ms");
        Line("end of speech to final words", static row => row.RecognizeMs);
        Line("translation", static row => row.TranslateMs);
        Line("first audio of the voice", static row => row.SpeakMs);
        Line("end of speech to translated audio", static row => row.EndToFirstAudioMs);
        if (spoken.Count == 0)
            output.WriteLine("  No translated speech was heard.");
    }

    public string ToJson() => JsonSerializer.Serialize(_rows.Values, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true });

    void Line(string name, Func<SegmentRow, double?> value)
    {
        var values = _rows.Values.Select(value).OfType<double>().Order().ToList();
        if (values.Count > 0)
            output.WriteLine($"  {name,-34}{values[values.Count / 2],8:0.0}{values[^1],8:0.0}");
    }

    SegmentRow Row(int segment) => _rows.TryGetValue(segment, out var row) ? row : _rows[segment] = new SegmentRow(segment);

    // On a terminal a caption grows in its line; in a file each state has a line of its own.
    void Show(string line, bool isLast)
    {
        if (isInteractive)
            output.Write($"\r{line.PadRight(_line.Length)}{(isLast ? "\n" : "")}");
        else if (line != _line)
            output.WriteLine(line);
        _line = isLast && isInteractive ? "" : line;
    }
}

/// <summary>What became of the frames.</summary>
sealed record LedgerSummary(long Sent, long Recorded);
