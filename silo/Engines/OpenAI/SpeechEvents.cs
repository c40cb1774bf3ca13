using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>Speech as a stream of events: audio, and at the end the word that it was all. Without that word it was cut.</summary>
static class SpeechEvents
{
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> Read(
        Stream body, string engine, string? requestId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in SseParser.Create(body, static (_, data) => data.ToArray()).EnumerateAsync(cancellationToken))
        {
            var (type, audio) = Parse(item.Data, engine, requestId);
            if (type == "speech.audio.done")
                yield break;
            if (type == "speech.audio.delta" && audio is { Length: > 0 })
                yield return audio;
        }

        throw new EngineFaultException(engine, FaultKind.Truncated, "The audio ended without saying that it was whole.") { RequestId = requestId };
    }

    // Types that are not known yet are passed over.
    static (string? Type, byte[]? Audio) Parse(byte[] data, string engine, string? requestId)
    {
        try
        {
            using var json = JsonDocument.Parse(data);
            var type = json.RootElement.TryGetProperty("type", out var named) ? named.GetString() : null;
            if (json.RootElement.TryGetProperty("error", out _))
            {
                var error = VendorError.Read(data);
                throw new EngineFaultException(engine, error.KindWith(0), $"An error came within the answer, {error.Name}.") { RequestId = requestId };
            }

            return (type, type == "speech.audio.delta" ? json.RootElement.GetProperty("audio").GetBytesFromBase64() : null);
        }
        catch (Exception error) when (error is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new EngineFaultException(engine, FaultKind.Transport, "An event of the answer could not be read.") { RequestId = requestId };
        }
    }
}
