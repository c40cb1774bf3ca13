using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace VoiceGrains.Tests.Emulators.ElevenLabs;

/// <summary>The store of voices: add, delete, list (ElevenLabs API reference, voices).</summary>
sealed class VoicesEndpoint(ElevenLabsEmulator emulator)
{
    static readonly HashSet<string> AddFields = ["name", "labels", "description", "remove_background_noise"];

    static readonly HashSet<string> ListFields =
        ["page_size", "next_page_token", "search", "sort", "sort_direction", "voice_type", "category", "include_total_count", "collection_id", "voice_ids"];

    ElevenLabsAccount Account => emulator.Account;

    public async Task Add(HttpContext http)
    {
        if (await IsOver(http, "voices/add", "voices_write"))
            return;
        if (!http.Request.HasFormContentType)
        {
            await Refuse(http, VendorError.Field("files", "multipart/form-data is expected"), "no multipart form");
            return;
        }

        var form = await http.Request.ReadFormAsync();
        if (MistakeOf(form, out var labels) is { } mistake)
        {
            await Refuse(http, VendorError.Field("body", mistake), mistake);
            return;
        }

        var samples = new List<string>();
        foreach (var file in form.Files)
        {
            await using var content = file.OpenReadStream();
            samples.Add(Convert.ToHexString(await SHA256.HashDataAsync(content)));
        }

        if (samples.Distinct().Count() != samples.Count)
        {
            await Refuse(http, new VendorError(400, "duplicate_file", "The same file was sent twice."), "duplicate file");
            return;
        }

        if (Account.Voices.Values.Count(static voice => voice.IsCloned) >= Account.VoiceSlots)
        {
            await new VendorError(400, "voice_limit_reached", "All voice slots are taken.").Answer(http);
            return;
        }

        var voice = new EmulatedVoice(Account.NewVoiceId(), form["name"].ToString(), labels, IsCloned: true, Account.DemandsVerification, samples);
        Account.Voices[voice.Id] = voice;
        await http.Response.WriteAsJsonAsync(new JsonObject { ["voice_id"] = voice.Id, ["requires_verification"] = voice.RequiresVerification });
    }

    public async Task Delete(HttpContext http, string voice)
    {
        if (await IsOver(http, "voices/delete", "voices_write"))
            return;
        if (Account.Voices.TryRemove(voice, out _))
            await http.Response.WriteAsJsonAsync(new JsonObject { ["status"] = "ok" });
        else
            await VendorError.VoiceNotFound.Answer(http);
    }

    public async Task List(HttpContext http)
    {
        if (await IsOver(http, "voices/list", "voices_read"))
            return;
        var query = http.Request.Query;
        var size = int.TryParse(query["page_size"].FirstOrDefault() ?? "10", out var asked) ? asked : 0;
        var from = int.TryParse(query["next_page_token"].FirstOrDefault() ?? "0", out var token) ? token : -1;
        if (size is < 1 or > 100 || from < 0 || query.Keys.Any(static key => !ListFields.Contains(key)))
        {
            await Refuse(http, VendorError.Field("page_size", "1 to 100"), "wrong query of a list");
            return;
        }

        var all = Account.Voices.Values.OrderBy(static voice => voice.Id, StringComparer.Ordinal).ToArray();
        var hasMore = from + size < all.Length;
        await http.Response.WriteAsJsonAsync(new JsonObject
        {
            ["voices"] = new JsonArray([.. all.Skip(from).Take(size).Select(Describe)]),
            ["has_more"] = hasMore,
            ["total_count"] = all.Length,
            ["next_page_token"] = hasMore ? (from + size).ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    static JsonObject Describe(EmulatedVoice voice) => new()
    {
        ["voice_id"] = voice.Id,
        ["name"] = voice.Name,
        ["category"] = voice.IsCloned ? "cloned" : "premade",
        ["labels"] = JsonSerializer.SerializeToNode(voice.Labels),
        ["voice_verification"] = voice.IsCloned ? new JsonObject { ["requires_verification"] = voice.RequiresVerification, ["is_verified"] = !voice.RequiresVerification } : null,
    };

    // The field files is repeated, one for each sample; labels is JSON in a string.
    static string? MistakeOf(IFormCollection form, out Dictionary<string, string> labels)
    {
        labels = [];
        if (string.IsNullOrWhiteSpace(form["name"]))
            return "name is missing";
        if (form.Files.Count == 0 || form.Files.Any(static file => file.Name != "files" || file.Length == 0))
            return "samples are in repeated fields named files";
        if (form.Keys.Any(static key => !AddFields.Contains(key)))
            return "unknown field";
        if (form["remove_background_noise"].FirstOrDefault() is not (null or "true" or "false"))
            return "remove_background_noise is true or false";
        try
        {
            labels = form["labels"].FirstOrDefault() is { } text ? JsonSerializer.Deserialize<Dictionary<string, string>>(text) ?? [] : [];
            return null;
        }
        catch (JsonException)
        {
            return "labels is a JSON object in a string";
        }
    }

    async Task<bool> IsOver(HttpContext http, string where, string permission)
    {
        var key = (string?)http.Request.Headers["xi-api-key"];
        var fault = emulator.Faults.Next(where, key);
        if (await emulator.FaultHappens(http, where, fault))
            return true;
        if (fault?.Form == Common.FaultForm.MalformedJson)
        {
            await http.Response.WriteAsync("{\"voice");
            return true;
        }

        if (Account.Check(key, permission) is not { } denied)
            return false;
        await denied.Answer(http);
        return true;
    }

    Task Refuse(HttpContext http, VendorError error, string rule)
    {
        emulator.Ledger.Mistake(rule);
        return error.Answer(http);
    }
}
