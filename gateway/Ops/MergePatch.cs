using System.Text.Json.Nodes;

namespace VoiceGrains.Gateway.Ops;

/// <summary>
/// What has changed from one JSON object to the next, as a merge patch (RFC 7396): members that are new or other, and null for those that are gone. So nothing that is sent may
/// be null, and rows that change by themselves are members with a name, not elements of an array.
/// </summary>
static class MergePatch
{
    /// <summary>Null: nothing has changed.</summary>
    public static JsonObject? Between(JsonObject before, JsonObject after)
    {
        JsonObject? patch = null;
        foreach (var (name, value) in after)
        {
            if (Change(before.TryGetPropertyValue(name, out var known) ? known : null, value) is { } change)
                (patch ??= [])[name] = change;
        }

        foreach (var (name, _) in before)
        {
            if (!after.ContainsKey(name))
                (patch ??= [])[name] = null;
        }

        return patch;
    }

    static JsonNode? Change(JsonNode? before, JsonNode? after)
    {
        if (before is JsonObject one && after is JsonObject other)
            return Between(one, other);
        return JsonNode.DeepEquals(before, after) ? null : after?.DeepClone();
    }
}
