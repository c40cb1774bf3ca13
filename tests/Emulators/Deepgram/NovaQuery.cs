using System.Text;

namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>What <c>/v1/listen</c> takes (Deepgram API reference, live audio).</summary>
static class NovaQuery
{
    static readonly HashSet<string> Lists = ["keyterm", "keywords", "redact", "replace", "search", "tag", "language_hint", "extra"];

    static readonly HashSet<string> Known =
    [
        .. Lists, "model", "language", "encoding", "sample_rate", "channels", "multichannel", "interim_results", "endpointing", "utterance_end_ms", "vad_events",
        "punctuate", "smart_format", "no_delay", "filler_words", "numerals", "profanity_filter", "mip_opt_out", "detect_entities", "version", "callback",
        "callback_method", "diarize", "diarize_model", "dictation", "measurements",
    ];

    static readonly string[] Flags = ["interim_results", "vad_events", "punctuate", "smart_format", "multichannel", "no_delay", "numerals", "diarize"];

    /// <summary>The rule that the settings break. Null: none.</summary>
    public static string? Check(ListenQuery query)
    {
        if (query.Unknown(Known) is { } unknown)
            return $"unknown query parameter {unknown}";
        if (query.Repeated(Lists) is { } repeated)
            return $"query parameter {repeated} stands twice";
        if (query.NoFlag(Flags) is { } flag)
            return $"{flag} is neither true nor false";
        if (query.Text("encoding") is not "linear16" || query.Number("sample_rate") is not (8_000 or 16_000 or 24_000 or 48_000))
            return "raw audio needs encoding and sample_rate";
        if (query.Text("endpointing") is not (null or "false") && !query.IsIn("endpointing", 1, 60_000))
            return "endpointing is neither a number of milliseconds nor false";
        if (!query.IsIn("utterance_end_ms", 1_000, 60_000) || (query.Text("utterance_end_ms") is not null && !query.Flag("interim_results")))
            return "utterance_end_ms is at least 1000 and needs interim_results";
        return CheckKeyterms(query);
    }

    static string? CheckKeyterms(ListenQuery query)
    {
        var isNova3 = query.Text("model")?.StartsWith("nova-3", StringComparison.Ordinal) == true;
        if (query.List("keyterm").Count > 0 && !isNova3)
            return "keyterm needs nova-3";
        if (query.List("keywords").Count > 0 && isNova3)
            return "keywords are of older models";
        // Roughly a token for four bytes; the budget is 500 (Deepgram docs, keyterms).
        return query.List("keyterm").Sum(static term => (Encoding.UTF8.GetByteCount(term) + 3) / 4) > 500 ? "more than 500 tokens of keyterms" : null;
    }
}
