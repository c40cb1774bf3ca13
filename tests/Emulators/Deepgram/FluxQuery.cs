namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>What <c>/v2/listen</c> takes (Deepgram docs, Flux configuration).</summary>
static class FluxQuery
{
    static readonly HashSet<string> Lists = ["keyterm", "language_hint", "tag", "redact"];

    static readonly HashSet<string> Known =
    [
        .. Lists, "model", "encoding", "sample_rate", "eot_threshold", "eager_eot_threshold", "eot_timeout_ms", "profanity_filter", "numerals", "mip_opt_out",
    ];

    static readonly HashSet<string> Languages = ["en", "es", "fr", "de", "hi", "ru", "pt", "ja", "it", "nl"];

    /// <summary>The rule that the settings break. Null: none.</summary>
    public static string? Check(ListenQuery query)
    {
        if (query.Unknown(Known) is { } unknown)
            return $"unknown query parameter {unknown}";
        if (query.Repeated(Lists) is { } repeated)
            return $"query parameter {repeated} stands twice";
        if (query.Text("model") is not ("flux-general-en" or "flux-general-multi"))
            return "unknown Flux model";
        if (query.Text("encoding") is not "linear16" || query.Number("sample_rate") is not (8_000 or 16_000 or 24_000 or 48_000))
            return "raw audio needs encoding and sample_rate";
        if (query.List("language_hint") is { Count: > 0 } hints && (query.Text("model") != "flux-general-multi" || hints.Any(hint => !Languages.Contains(hint))))
            return "language_hint is of flux-general-multi and its ten languages";
        if (query.List("keyterm").Count > 100)
            return "more than 100 keyterms";
        if (((string[])["eot_threshold", "eager_eot_threshold", "eot_timeout_ms"]).FirstOrDefault(name => query.Text(name) is not null && query.Number(name) is null) is { } noNumber)
            return $"{noNumber} is no number";
        return CheckThresholds(query.Number("eot_threshold") ?? 0.7, query.Number("eager_eot_threshold"), query.Number("eot_timeout_ms") ?? 5_000);
    }

    /// <summary>The same for a Configure message.</summary>
    public static string? CheckThresholds(double endOfTurn, double? eager, double timeout)
    {
        if (endOfTurn is < 0.5 or > 1)
            return "eot_threshold is from 0.5 to 1";
        if (eager is < 0.3 or > 0.9 || eager > endOfTurn)
            return "eager_eot_threshold is from 0.3 to 0.9 and not above eot_threshold";
        return timeout is < 500 or > 60_000 ? "eot_timeout_ms is from 500 to 60000" : null;
    }
}
