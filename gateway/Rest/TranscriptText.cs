using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using VoiceGrains.Calls;
using VoiceGrains.Media;

namespace VoiceGrains.Gateway.Rest;

/// <summary>How somebody wants to read a transcript.</summary>
/// <param name="Language">Null: each segment in its own.</param>
/// <param name="WithOriginal">Whether what was said stands under each translation; JSON always has it.</param>
/// <param name="OpenedAt">When the call was opened: times count from there.</param>
sealed record TranscriptView(Language? Language, bool WithOriginal, DateTimeOffset OpenedAt);

/// <summary>Writes a transcript in one of the formats that people and players read.</summary>
sealed record TranscriptText(string ContentType, Func<IReadOnlyList<RecordedSegment>, TranscriptView, string> Write)
{
    static readonly TimeSpan ShortestCaption = TimeSpan.FromSeconds(1);
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public static IReadOnlyDictionary<string, TranscriptText> Formats { get; } = new Dictionary<string, TranscriptText>
    {
        ["text"] = new("text/plain", Text),
        ["json"] = new("application/json", AsJson),
        ["srt"] = new("application/x-subrip", Srt),
        ["vtt"] = new("text/vtt", Vtt),
    };

    static string Text(IReadOnlyList<RecordedSegment> segments, TranscriptView view) => string.Concat(segments.Select(segment =>
        $"[{Clock(segment.StartedAt - view.OpenedAt, '.')}] {segment.SpeakerName}: {In(segment, view.Language).Text}\n{Under(segment, view, "    ")}"));

    static string Srt(IReadOnlyList<RecordedSegment> segments, TranscriptView view)
    {
        var text = new StringBuilder();
        for (var i = 0; i < segments.Count; i++)
        {
            var start = segments[i].StartedAt - view.OpenedAt;
            text.Append(CultureInfo.InvariantCulture, $"{i + 1}\n{Clock(start, ',')} --> {Clock(start + Shown(segments[i]), ',')}\n");
            text.Append(CultureInfo.InvariantCulture, $"{segments[i].SpeakerName}: {In(segments[i], view.Language).Text}\n{Under(segments[i], view)}\n");
        }

        return text.ToString();
    }

    static string Vtt(IReadOnlyList<RecordedSegment> segments, TranscriptView view)
    {
        var text = new StringBuilder("WEBVTT\n\n");
        foreach (var segment in segments)
        {
            var start = segment.StartedAt - view.OpenedAt;
            text.Append(CultureInfo.InvariantCulture, $"{Clock(start, '.')} --> {Clock(start + Shown(segment), '.')}\n");
            text.Append(CultureInfo.InvariantCulture, $"<v {Escape(segment.SpeakerName)}>{Escape(In(segment, view.Language).Text)}\n{Escape(Under(segment, view))}\n");
        }

        return text.ToString();
    }

    static string AsJson(IReadOnlyList<RecordedSegment> segments, TranscriptView view) => JsonSerializer.Serialize(
        segments.Select(segment =>
        {
            var (text, shown, quality) = In(segment, view.Language);
            return new
            {
                speaker = segment.Speaker.Value,
                name = segment.SpeakerName,
                segment = segment.Number,
                origin = segment.Origin == SegmentOrigin.Typed ? "typed" : "spoken",
                startedAt = segment.StartedAt,
                offsetMs = (long)(segment.StartedAt - view.OpenedAt).TotalMilliseconds,
                durationMs = (long)segment.Duration.TotalMilliseconds,
                language = shown.Tag,
                quality = quality.ToString().ToLowerInvariant(),
                text,
                spokenLanguage = segment.Language.Tag,
                spokenText = segment.Text,
            };
        }),
        Json);

    /// <summary>The text in the language wanted; the original, marked as untranslated, where nobody listened in that language.</summary>
    static (string Text, Language Language, TranslationQuality Quality) In(RecordedSegment segment, Language? wanted)
    {
        if (wanted is not { } language || segment.Language.IsSpokenLike(language))
            return (segment.Text, segment.Language, TranslationQuality.Original);
        var found = segment.Translations.FirstOrDefault(translation => translation.Language == language)
            ?? segment.Translations.FirstOrDefault(translation => translation.Language.IsSpokenLike(language));
        return found is null
            ? ($"[{segment.Language}] {segment.Text}", segment.Language, TranslationQuality.Untranslated)
            : (found.Text, found.Language, found.Quality);
    }

    // A line with what was said, where the text above is a translation of it.
    static string Under(RecordedSegment segment, TranscriptView view, string indent = "") =>
        view.WithOriginal && In(segment, view.Language).Quality is TranslationQuality.Good or TranslationQuality.Rough ? $"{indent}({segment.Language}) {segment.Text}\n" : "";

    static TimeSpan Shown(RecordedSegment segment) => segment.Duration > ShortestCaption ? segment.Duration : ShortestCaption;

    static string Clock(TimeSpan at, char decimalMark)
    {
        var time = at < TimeSpan.Zero ? TimeSpan.Zero : at;
        return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}{decimalMark}{time.Milliseconds:000}");
    }

    static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
