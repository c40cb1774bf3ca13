using System.Text.Json;

namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>Messages of <c>/v1/listen</c> (Deepgram API reference, live audio).</summary>
static class NovaMessages
{
    public static string Results(ListenServer server, double start, double end, IReadOnlyList<HeardWord> words, bool isFinal, bool speechFinal = false, bool fromFinalize = false)
    {
        var isPunctuated = server.Query.Flag("punctuate") || server.Query.Flag("smart_format");
        return JsonSerializer.Serialize(new
        {
            type = "Results",
            channel_index = (int[])[0, 1],
            start = start + server.Skew,
            duration = end - start,
            is_final = isFinal,
            speech_final = speechFinal,
            from_finalize = fromFinalize,
            channel = new
            {
                alternatives = new[]
                {
                    new
                    {
                        transcript = string.Join(' ', words.Select(word => isPunctuated ? word.Text : Bare(word.Text))),
                        confidence = words.Count > 0 ? 0.98 : 0,
                        words = words.Select(word => new
                        {
                            word = Bare(word.Text),
                            start = word.Start + server.Skew,
                            end = word.End + server.Skew,
                            confidence = 0.97,
                            punctuated_word = isPunctuated ? word.Text : Bare(word.Text),
                        }),
                    },
                },
            },
            metadata = new { request_id = server.RequestId, model_info = new { name = "general", version = "2026-01-01", arch = "nova-3" }, model_uuid = "model-1" },
        });
    }

    public static string SpeechStarted(ListenServer server, double at) =>
        JsonSerializer.Serialize(new { type = "SpeechStarted", channel = (int[])[0, 1], timestamp = at + server.Skew });

    public static string UtteranceEnd(double? lastWordEnd) =>
        JsonSerializer.Serialize(new { type = "UtteranceEnd", channel = (int[])[0, 1], last_word_end = lastWordEnd ?? -1 });

    public static string Metadata(ListenServer server, double duration) => JsonSerializer.Serialize(new
    {
        type = "Metadata",
        transaction_key = "deprecated",
        request_id = server.RequestId,
        sha256 = "",
        created = server.Emulator.Time.GetUtcNow(),
        duration,
        channels = 1,
    });

    static string Bare(string word) => word.TrimEnd('.', ',', ';', ':', '!', '?').ToLowerInvariant();
}
