using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoiceGrains.Eval.Reports;

/// <summary>The figures of one policy in one language as they are written to a file. docs/evaluation.md says what each is.</summary>
sealed record Row(string Policy, Language Language, Score Score, Flatness Monologue, long Seed, string Hash)
{
    static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    /// <summary>Whether nothing that was committed or spoken was taken back, and every committed word is accounted for.</summary>
    public bool IsClean => Score is { Retractions: 0, Unspoken: 0, Unexplained: 0 } && Score.ErasedOfCommitted is null or 0;

    public static string ToJson(IEnumerable<Row> rows) => new JsonArray([.. rows.Select(static row => row.ToNode())]).ToJsonString(Format) + "\n";

    JsonObject ToNode()
    {
        var node = new JsonObject
        {
            ["policy"] = Policy,
            ["language"] = Language.Tag,
            ["seed"] = Seed,
            ["hash"] = Hash,
            ["utterances"] = Score.Utterances,
            ["evs_p50_s"] = Rounded(Score.EarVoiceSpan.Median),
            ["evs_p95_s"] = Rounded(Score.EarVoiceSpan.At(0.95)),
            ["evs_from_word_end_p50_s"] = Rounded(Score.EarVoiceSpanFromEnd.Median),
            ["first_audio_p50_s"] = Rounded(Score.FirstAudio.Median),
            ["first_audio_p95_s"] = Rounded(Score.FirstAudio.At(0.95)),
            ["started_before_end"] = Rounded(Score.FirstAudioAfterEnd.ShareBelow(0)),
            ["eou_audio_p50_ms"] = Rounded(Score.EndToAudio.Median),
            ["eou_audio_p95_ms"] = Rounded(Score.EndToAudio.At(0.95)),
            ["short_eou_audio_p50_ms"] = Rounded(Score.ShortEndToAudio.Median),
            ["short_eou_audio_p95_ms"] = Rounded(Score.ShortEndToAudio.At(0.95)),
            ["eou_last_clause_p50_ms"] = Rounded(Score.EndToLastClause.Median),
            ["eou_last_clause_p95_ms"] = Rounded(Score.EndToLastClause.At(0.95)),
            ["end_offset_p50_s"] = Rounded(Score.EndOffset.Median),
            ["end_offset_p95_s"] = Rounded(Score.EndOffset.At(0.95)),
            ["erasure"] = Rounded(Score.Erased),
            ["erasure_committed"] = Rounded(Score.ErasedOfCommitted),
            ["wrong_source"] = Rounded(Score.WrongSource),
            ["wrong_source_risk"] = Rounded(Score.WrongSourceOfRisk),
            ["draft_hits"] = Rounded(Score.DraftHits),
            ["wasted_drafts"] = Rounded(Score.Wasted),
            ["calls_per_source_s"] = Rounded(Score.CallsPerSourceSecond),
            ["queue_p95_s"] = Rounded(Score.Queue.At(0.95)),
            ["chrf_consistency"] = Rounded(Score.Consistency),
            ["retractions"] = Score.Retractions,
            ["unspoken_words"] = Score.Unspoken,
            ["empty_utterances"] = Score.Empty,
            ["unexplained_characters"] = Score.Unexplained,
        };
        foreach (var (name, figures) in Score.Text)
            node[name.StartsWith("ap", StringComparison.Ordinal) ? name : $"{name}_s"] = Rounded(name.StartsWith("ap", StringComparison.Ordinal) ? figures.Mean : figures.Mean / 1000);
        node["monologue_evs_first_p50_s"] = Rounded(Monologue.First);
        node["monologue_evs_last_p50_s"] = Rounded(Monologue.Last);
        node["monologue_evs_p95_s"] = Rounded(Monologue.Worst);
        node["monologue_stream_laal_s"] = Rounded(Monologue.StreamLaal);
        node["monologue_stream_laal_ca_s"] = Rounded(Monologue.StreamLaalElapsed);
        node["monologue_long_yaal_s"] = Rounded(Monologue.LongYaal);
        node["monologue_long_yaal_ca_s"] = Rounded(Monologue.LongYaalElapsed);
        return node;
    }

    // More digits than this mean nothing, and may differ between machines.
    static JsonNode? Rounded(double? figure) => figure is { } known ? JsonValue.Create(Math.Round(known, 4) + 0.0) : null;
}
