using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>Any message of either listen API; what a message does not have is null. Unknown fields and types are left alone: the vendor adds some now and then.</summary>
sealed record ListenMessage
{
    public string? Type { get; init; }

    public string? RequestId { get; init; }

    /// <summary>Nova Error.</summary>
    public string? Variant { get; init; }

    /// <summary>Flux Error.</summary>
    public string? Code { get; init; }

    public double? Start { get; init; }

    public double? Duration { get; init; }

    public bool IsFinal { get; init; }

    public bool SpeechFinal { get; init; }

    public bool FromFinalize { get; init; }

    /// <summary>Results: an object; SpeechStarted and UtteranceEnd: a list of numbers.</summary>
    public JsonElement Channel { get; init; }

    public double? Timestamp { get; init; }

    public double? LastWordEnd { get; init; }

    /// <summary>Flux: Update, StartOfTurn, EagerEndOfTurn, TurnResumed, EndOfTurn.</summary>
    public string? Event { get; init; }

    public double? AudioWindowStart { get; init; }

    public double? AudioWindowEnd { get; init; }

    public ImmutableArray<ListenWord>? Words { get; init; }

    /// <summary>Throws <see cref="JsonException"/> when it is no JSON, or a message of a known type with a wrong shape.</summary>
    public static ListenMessage Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ListenJson.Default.ListenMessage) ?? throw new JsonException("The message is null.");
        }
        catch (JsonException) when (IsOfUnknownType(json))
        {
            // Its fields may have the names of ours and other shapes.
            return new ListenMessage();
        }
    }

    static bool IsOfUnknownType(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ListenJson.Default.ListenKind)?.Type
                is not (null or "Results" or "SpeechStarted" or "UtteranceEnd" or "Metadata" or "TurnInfo" or "Connected" or "Error");
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The words of Nova's first alternative.</summary>
    public ImmutableArray<ListenWord> WordsOfChannel() =>
        Channel.ValueKind == JsonValueKind.Object && Channel.Deserialize(ListenJson.Default.ListenChannel)?.Alternatives is [{ Words: { } words }, ..] ? words : [];
}

/// <summary>A word. Times are seconds on the vendor's clock; Flux did not always tell them.</summary>
sealed record ListenWord(string Word, double? Start, double? End, double? Confidence, string? PunctuatedWord);

sealed record ListenKind(string? Type);

sealed record ListenAlternative(ImmutableArray<ListenWord>? Words);

sealed record ListenChannel(ImmutableArray<ListenAlternative>? Alternatives);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ListenMessage))]
[JsonSerializable(typeof(ListenChannel))]
[JsonSerializable(typeof(ListenKind))]
sealed partial class ListenJson : JsonSerializerContext;
