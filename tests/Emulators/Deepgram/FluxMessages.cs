using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>Messages of <c>/v2/listen</c> (Deepgram docs, Flux; shapes as in the frames captured in deepgram-dotnet-sdk). Each has the next sequence number.</summary>
sealed class FluxMessages(ListenServer server)
{
    int _sequence;

    public string Connected() => Numbered(new JsonObject { ["type"] = "Connected", ["request_id"] = server.RequestId });

    /// <param name="trigger">Why a turn ended: model, timeout or manual. Null: it did not.</param>
    public string Turn(string happened, int turn, double windowStart, double windowEnd, IReadOnlyList<HeardWord> words, double confidence, string? trigger = null)
    {
        var message = new JsonObject
        {
            ["type"] = "TurnInfo",
            ["request_id"] = server.RequestId,
            ["event"] = happened,
            ["turn_index"] = turn,
            ["audio_window_start"] = windowStart + server.Skew,
            ["audio_window_end"] = windowEnd + server.Skew,
            ["transcript"] = string.Join(' ', words.Select(static word => word.Text)),
            ["words"] = new JsonArray([.. words.Select(Word)]),
            ["end_of_turn_confidence"] = confidence,
        };
        if (trigger is not null)
            message["trigger"] = trigger;
        if (server.Query.Text("model") == "flux-general-multi")
            message["languages"] = new JsonArray([.. server.Query.List("language_hint").Select(static hint => JsonValue.Create(hint))]);
        return Numbered(message);
    }

    public string ConfigureSuccess(JsonElement asked) => Numbered(new JsonObject
    {
        ["type"] = "ConfigureSuccess",
        ["request_id"] = server.RequestId,
        ["thresholds"] = asked.TryGetProperty("thresholds", out var thresholds) ? JsonNode.Parse(thresholds.GetRawText()) : new JsonObject(),
        ["keyterms"] = asked.TryGetProperty("keyterms", out var keyterms) ? JsonNode.Parse(keyterms.GetRawText()) : new JsonArray(),
    });

    public string ConfigureFailure(string rule) =>
        Numbered(new JsonObject { ["type"] = "ConfigureFailure", ["request_id"] = server.RequestId, ["error_code"] = "INVALID_CONFIGURATION", ["description"] = rule });

    public string Error(string code, string description) => Numbered(new JsonObject { ["type"] = "Error", ["code"] = code, ["description"] = description });

    JsonObject Word(HeardWord word)
    {
        var json = new JsonObject { ["word"] = word.Text, ["confidence"] = 0.97 };
        if (!server.Emulator.Manners.HasWordTimes)
            return json;
        json["start"] = word.Start + server.Skew;
        json["end"] = word.End + server.Skew;
        return json;
    }

    string Numbered(JsonObject message)
    {
        message["sequence_id"] = _sequence++;
        return message.ToJsonString();
    }
}
