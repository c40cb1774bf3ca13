using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Ops;

/// <summary>What operators see while people talk.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class FiguresAtWork(ScriptedSilo scripted) : IDisposable
{
    readonly Operator _operator = new(scripted.Silo.Address);

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task The_stream_shows_a_call_as_it_opens_fills_and_ends_by_deltas_alone()
    {
        var title = Title();
        await using var call = await TestCall.Open(scripted.Silo, new { title });
        var items = new List<SseItem<string>>();
        var watching = _operator.Follow($"view=cluster&search={title}", shown => Rows(shown).Any(row => (int)row["connected"]! == 2 && (double)row["frames"]! > 0), items.Add);
        var (ana, _) = (await call.Join("ana", "es"), await call.Join("ben", "en"));
        var talking = Task.Run(async () =>
        {
            while (!watching.IsCompleted)
                await ana.Speak("hola a todos");
        });

        var shown = await watching;
        await talking;

        Assert.Equal("snapshot", items[0].EventType);
        Assert.Equal(TimeSpan.FromSeconds(1), items[0].ReconnectionInterval);
        Assert.Single(items, static item => item.EventType == "snapshot");
        Assert.Equal(Enumerable.Range(1, items.Count).Select(static number => $"{number}"), items.Select(static item => item.EventId));
        var deltas = items.Where(static item => item.EventType == "delta").ToList();
        Assert.All(deltas, delta => Assert.True(delta.Data.Length < items[0].Data.Length, delta.Data));
        Assert.Equal("en es", (string?)Rows(shown).Single()["languages"]);
        await call.End();
        await _operator.Follow($"view=cluster&search={title}", static shown => !Rows(shown).Any());
    }

    [Fact]
    public async Task A_participant_is_shown_with_ledger_lanes_and_connection_while_they_talk()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var (ana, ben) = (await call.Join("ana", "es"), await call.Join("ben", "en"));
        await ben.Speak("good morning");
        await ana.Until("the translation", () => ana.Finals("es").Count > 0);
        await ben.UntilRecorded();

        var shown = await _operator.Follow($"view=participant&call={call.Id}&participant=ben", static shown =>
            shown["connection"] is not null && (int?)shown["details"]?["ledger"]?["pending"] == 0 && (int?)shown["connection"]!["kept"] == 0);

        var details = shown["details"]!;
        Assert.Equal((await call.Figures("ben")).GetProperty("ledger").GetProperty("recognized").GetInt64(), (long)details["ledger"]!["recognized"]!);
        Assert.True((bool)details["ledger"]!["balanced"]!);
        Assert.Equal(("scripted", false), ((string)details["recognizer"]!["name"]!, (bool)details["recognizer"]!["fallback"]!));
        Assert.Equal(("scripted", 0), ((string)details["lanes"]!["es"]!["translator"]!["name"]!, (int)details["lanes"]!["es"]!["waiting"]!));
        Assert.Equal(ben.Client.NextNumber, (long)shown["connection"]!["nextNumber"]!);
        Assert.Equal("ben", (string)shown["person"]!["name"]!);
    }

    [Fact]
    public async Task A_call_is_shown_with_its_people_and_whoever_bears_a_name_of_scripts_is_one_of_them()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await call.Join("__proto__", "es");

        var shown = await _operator.Follow($"view=call&call={call.Id}", static shown => shown["people"]?["@__proto__"]?["silo"] is not null);

        Assert.Equal("@__proto__", (string)shown["order"]!);
        Assert.Equal("open", (string)shown["status"]!);
    }

    [Fact]
    public async Task What_does_not_exist_is_said_to_be_missing()
    {
        await using var call = await TestCall.Open(scripted.Silo);

        Assert.True((bool)(await _operator.Follow("view=call&call=local-aaaaaaaaaaaa", static _ => true))["missing"]!);
        Assert.True((bool)(await _operator.Follow($"view=participant&call={call.Id}&participant=nobody", static _ => true))["missing"]!);
    }

    [Fact]
    public async Task The_list_of_calls_is_cut_into_pages_on_the_server()
    {
        var title = Title();
        var calls = await Task.WhenAll(Enumerable.Range(0, 7).Select(number => TestCall.Open(scripted.Silo, new { title = $"{title} {number}" })));
        await Until.True("all are reported", async () => (await Page($"search={title}")).GetProperty("total").GetInt32() == 7);

        var first = await Page($"search={title}&order=title&descending=false&take=3");
        var third = await Page($"search={title}&order=title&descending=false&take=3&skip=6");

        Assert.Equal(3, first.GetProperty("rows").EnumerateObject().Count());
        Assert.StartsWith(calls[0].Id, first.GetProperty("order").GetString(), StringComparison.Ordinal);
        Assert.Equal(calls[6].Id, third.GetProperty("order").GetString());
        foreach (var call in calls)
            await call.End();
    }

    [Theory]
    [InlineData("/ops/stream")]
    [InlineData("/ops/stream?view=everything")]
    [InlineData("/ops/stream?view=call")]
    [InlineData("/ops/stream?view=call&call=../../etc")]
    [InlineData("/ops/stream?view=participant&call=local-aaaaaaaa")]
    [InlineData("/ops/stream?view=cluster&take=201")]
    [InlineData("/ops/stream?view=cluster&skip=-1")]
    [InlineData("/ops/stream?view=cluster&order=7")]
    [InlineData("/ops/api/cluster?order=beauty")]
    [InlineData("/ops/api/cluster?descending=perhaps")]
    [InlineData("/ops/api/audit?take=0")]
    [InlineData("/ops/api/audit?below=me")]
    public async Task A_bad_question_is_named(string path)
    {
        var (status, body) = await _operator.Get(path);

        Assert.Equal(400, status);
        Assert.StartsWith("bad-", body.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    static string Title() => $"t{Guid.NewGuid():N}";

    static IEnumerable<JsonObject> Rows(JsonObject shown) => shown["calls"]?["rows"]?.AsObject().Select(static row => row.Value!.AsObject()) ?? [];

    async Task<System.Text.Json.JsonElement> Page(string query) => (await _operator.Get($"/ops/api/cluster?{query}")).Body.GetProperty("calls");
}
