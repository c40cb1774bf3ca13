using System.Text.Json.Nodes;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.ElevenLabs;

/// <summary>What a text sounds like, cut into the pieces that are sent: the same for the same text, and readable by a test.</summary>
static class SpokenChunks
{
    public static IReadOnlyList<byte[]> Of(string text, ElevenLabsScript script, PlannedFault? fault)
    {
        // The vendor speaks words of any length.
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(static word => word.Chunk(ScriptedAudio.LongestWord)).Select(static part => new string(part));
        var audio = ScriptedAudio.Encode(words, script.SamplesOfWord);
        if (fault?.Form == FaultForm.TruncatedAudio)
            audio = audio[..(audio.Length / 50 / 2 * 2)];
        return fault?.Form switch
        {
            // Samples are cut in two, some pieces are empty, and the last sample is half.
            FaultForm.OddAudio => [.. audio.Append((byte)0).Chunk(999).SelectMany(static piece => new[] { [], piece })],
            FaultForm.Drip => [.. audio.Chunk(400)],
            _ => [.. audio.Chunk(script.SamplesOfChunk * 2)],
        };
    }

    /// <summary>An alignment for a chunk: its letters spread evenly. Null where the script has none.</summary>
    public static JsonNode? Alignment(string text, int chunk, int chunks, ElevenLabsScript script, TimeSpan skew)
    {
        if (script.Alignments == AlignmentForm.Null)
            return null;
        var size = (text.Length + chunks - 1) / chunks;
        var letters = script.Alignments == AlignmentForm.Duplicated ? text : new string([.. text.Skip(chunk * size).Take(size)]);
        return new JsonObject
        {
            ["chars"] = new JsonArray([.. letters.Select(static letter => (JsonNode)letter.ToString())]),
            ["charStartTimesMs"] = new JsonArray([.. letters.Select((_, i) => (JsonNode)((i * 10) + (int)skew.TotalMilliseconds))]),
            [script.SpeaksSnakeCase ? "charsDurationsMs" : "charDurationsMs"] = new JsonArray([.. letters.Select(static _ => (JsonNode)10)]),
        };
    }
}
