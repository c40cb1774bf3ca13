using System.Text.Json;

namespace VoiceGrains.Tests.Emulators.Common;

/// <summary>A request that the vendor refuses, in the vendor's own terms.</summary>
/// <param name="rule">What the client did wrong, for <see cref="EmulatorLedger.Mistakes"/>.</param>
sealed class RefusedException(int status, string type, string? code, string rule) : Exception(rule)
{
    public int Status => status;

    public string Type => type;

    public string? Code => code;
}

/// <summary>Reads JSON as a strict vendor does: no field that the documentation does not name, none of the wrong kind.</summary>
/// <param name="refuse">Makes the vendor's refusal of a broken rule.</param>
sealed class StrictJson(JsonElement json, string where, Func<string, RefusedException> refuse)
{
    public JsonElement Element => json;

    /// <summary>Refuses fields that are not among these.</summary>
    public StrictJson Only(params string[] known)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw refuse($"{where} is no object");
        var unknown = json.EnumerateObject().FirstOrDefault(field => !known.Contains(field.Name));
        return unknown.Value.ValueKind == JsonValueKind.Undefined ? this : throw refuse($"{where} has the unknown field {unknown.Name}");
    }

    public bool Has(string field) => json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;

    public string Text(string field) => TextOrNull(field) ?? throw refuse($"{where} lacks {field}");

    public string? TextOrNull(string field) => !Has(field) ? null
        : json.GetProperty(field) is { ValueKind: JsonValueKind.String } value ? value.GetString() : throw refuse($"{where}: {field} is no text");

    public double? NumberOrNull(string field, double from, double to) => !Has(field) ? null
        : json.GetProperty(field) is { ValueKind: JsonValueKind.Number } value && value.GetDouble() is var number && number >= from && number <= to
            ? number
            : throw refuse($"{where}: {field} is no number from {from} to {to}");

    public bool Flag(string field) => Has(field) && json.GetProperty(field).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw refuse($"{where}: {field} is no boolean"),
    };

    public StrictJson Inner(string field) => new(Has(field) ? json.GetProperty(field) : throw refuse($"{where} lacks {field}"), $"{where}.{field}", refuse);

    public IReadOnlyList<StrictJson> List(string field) => Has(field) && json.GetProperty(field) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select((item, at) => new StrictJson(item, $"{where}.{field}[{at}]", refuse))]
        : throw refuse($"{where}: {field} is no list");

    /// <summary>Text, or a list of text parts, as both vendors take it for messages.</summary>
    public string Content(string field)
    {
        if (Has(field) && json.GetProperty(field).ValueKind == JsonValueKind.String)
            return Text(field);
        return string.Concat(List(field).Select(part => part.Only("type", "text", "cache_control").Text("type") == "text"
            ? part.Text("text")
            : throw refuse($"{where}: this double reads text only")));
    }
}
