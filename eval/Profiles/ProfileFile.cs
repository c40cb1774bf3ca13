using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceGrains.Eval.Profiles;

/// <summary>Reads a profile: JSON with comments, in which nothing may be missing and nothing unknown may stand.</summary>
static class ProfileFile
{
    static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new Seconds() },
    };

    /// <summary>The profile that ships with the product.</summary>
    public static EvaluationProfile Shipped() => Read(Path.Combine(AppContext.BaseDirectory, "evaluation-profile.json"));

    /// <summary>Throws <see cref="FormatException"/> with everything that is wrong.</summary>
    public static EvaluationProfile Read(string file) => Parse(File.ReadAllText(file));

    /// <inheritdoc cref="Read"/>
    public static EvaluationProfile Parse(string json)
    {
        try
        {
            var profile = JsonSerializer.Deserialize<EvaluationProfile>(json, Format) ?? throw new FormatException("The profile is empty.");
            var flaws = ProfileCheck.Flaws(profile).ToList();
            return flaws.Count == 0 ? profile : throw new FormatException("The profile can't be used: " + string.Join(" ", flaws));
        }
        catch (JsonException error)
        {
            throw new FormatException($"The profile can't be read: {error.Message}", error);
        }
    }

    sealed class Seconds : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDouble() is >= 0 and <= 86_400 and var seconds ? TimeSpan.FromSeconds(seconds) : throw new JsonException("A time is from 0 to 86,400 seconds.");

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(value.TotalSeconds);
    }
}
