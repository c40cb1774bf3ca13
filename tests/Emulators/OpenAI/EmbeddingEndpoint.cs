using System.Runtime.InteropServices;
using System.Text.Json;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.OpenAI;

/// <summary>
/// <c>POST /v1/embeddings</c> (API reference, embeddings). A vector counts letter pairs of its text, so that texts that look alike lie near each other.
/// Base64 is little-endian float32, which is what OpenAI's own clients ask for.
/// </summary>
static class EmbeddingEndpoint
{
    const int MostInputs = 2_048;

    static readonly Dictionary<string, int> Dimensions = new()
    {
        ["text-embedding-3-small"] = 1_536,
        ["text-embedding-3-large"] = 3_072,
        ["text-embedding-ada-002"] = 1_536,
    };

    public static async Task Answer(OpenAICall call)
    {
        var body = (await call.ReadJson()).Only("model", "input", "encoding_format", "dimensions", "user");
        if (!Dimensions.TryGetValue(body.Text("model"), out var most))
            throw new RefusedException(404, "invalid_request_error", "model_not_found", "the model does not exist");
        if (body.Has("dimensions") && body.Text("model") == "text-embedding-ada-002")
            throw OpenAIRefusal.BadRequest("this model has one number of dimensions");
        var size = (int)(body.NumberOrNull("dimensions", 1, most) ?? most);
        var format = body.TextOrNull("encoding_format") ?? "float";
        if (format is not ("float" or "base64"))
            throw OpenAIRefusal.BadRequest("there is no such encoding");
        var inputs = Inputs(body);
        await call.WriteJson(new
        {
            @object = "list",
            data = inputs.Select((text, index) => new { @object = "embedding", index, embedding = Encoded(Vector(text, size), format) }),
            model = body.Text("model"),
            usage = new { prompt_tokens = inputs.Sum(static text => text.Length), total_tokens = inputs.Sum(static text => text.Length) },
        });
    }

    /// <summary>The vector of a text; its length is 1.</summary>
    public static float[] Vector(string text, int size)
    {
        var vector = new float[size];
        for (var i = 0; i + 1 < text.Length; i++)
            vector[((text[i] * 31) + text[i + 1]) % size]++;
        var length = MathF.Sqrt(vector.Sum(static value => value * value));
        return length == 0 ? vector : [.. vector.Select(value => value / length)];
    }

    static IReadOnlyList<string> Inputs(StrictJson body)
    {
        IReadOnlyList<string> inputs = body.Has("input") && body.Element.GetProperty("input").ValueKind == JsonValueKind.Array
            ? [.. body.Element.GetProperty("input").EnumerateArray().Select(static text => text.ValueKind == JsonValueKind.String ? text.GetString()! : "")]
            : [body.Text("input")];
        return inputs.Count is >= 1 and <= MostInputs && inputs.All(static text => text.Length > 0)
            ? inputs
            : throw OpenAIRefusal.BadRequest($"the input is not 1 to {MostInputs} texts that say something");
    }

    static object Encoded(float[] vector, string format) => format == "float" ? vector : Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan()));
}
