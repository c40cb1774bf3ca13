using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>
/// Addresses of the listen sockets, with everything that is asked for in the query. Numbers are written the same in every culture, lists are repeated
/// parameters. Never logged: keyterms are what people say.
/// </summary>
static class ListenAddress
{
    const int MostFluxKeyterms = 100;
    const int NovaKeytermTokens = 500;

    // Servers take about 8 KB of address; letters of other scripts are written as nine each.
    const int LongestKeyterms = 4_096;

    public static Uri Nova(DeepgramOptions options, string language, ImmutableArray<string> keyterms)
    {
        var query = new StringBuilder("/v1/listen?");
        Add(query, "model", options.NovaModel);
        Add(query, "language", language);
        AddAudio(query);
        Add(query, "channels", "1");
        Add(query, "interim_results", "true");
        Add(query, "vad_events", "true");
        Add(query, "punctuate", "true");
        Add(query, "smart_format", "true");
        Add(query, "endpointing", Milliseconds(options.Endpointing));
        Add(query, "utterance_end_ms", Milliseconds(options.UtteranceEnd));
        // Older models know no keyterms, and refuse the whole handshake for them.
        if (options.NovaModel.StartsWith("nova-3", StringComparison.Ordinal))
            AddKeyterms(query, keyterms, NovaKeytermTokens, TokensIn);
        return Whole(options, query);
    }

    public static Uri Flux(DeepgramOptions options, string language, ImmutableArray<string> keyterms)
    {
        var query = new StringBuilder("/v2/listen?");
        Add(query, "model", language == "en" ? options.FluxEnglishModel : options.FluxModel);
        if (language != "en")
            Add(query, "language_hint", language);
        AddAudio(query);
        Add(query, "eot_threshold", options.EndOfTurnThreshold.ToString(CultureInfo.InvariantCulture));
        if (options.EagerEndOfTurnThreshold > 0)
            Add(query, "eager_eot_threshold", options.EagerEndOfTurnThreshold.ToString(CultureInfo.InvariantCulture));
        Add(query, "eot_timeout_ms", Milliseconds(options.EndOfTurnTimeout));
        AddKeyterms(query, keyterms, MostFluxKeyterms, static _ => 1);
        return Whole(options, query);
    }

    // The vendor's tokens are not published: one for three bytes is more than text of any script has.
    static int TokensIn(string keyterm) => (Encoding.UTF8.GetByteCount(keyterm) / 3) + 1;

    static void AddAudio(StringBuilder query)
    {
        Add(query, "encoding", "linear16");
        Add(query, "sample_rate", "16000");
    }

    static void AddKeyterms(StringBuilder query, ImmutableArray<string> keyterms, int budget, Func<string, int> priceOf)
    {
        var end = query.Length + LongestKeyterms;
        foreach (var keyterm in keyterms.Where(static term => !string.IsNullOrWhiteSpace(term)))
        {
            budget -= priceOf(keyterm);
            // The most important come first: what does not fit any more is left out.
            if (budget < 0 || query.Length + Uri.EscapeDataString(keyterm).Length + "&keyterm=".Length > end)
                return;
            Add(query, "keyterm", keyterm);
        }
    }

    static void Add(StringBuilder query, string name, string value)
    {
        if (query[^1] != '?')
            query.Append('&');
        query.Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    static string Milliseconds(TimeSpan time) => ((int)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    static Uri Whole(DeepgramOptions options, StringBuilder query) => new(options.Url.TrimEnd('/') + query);
}
