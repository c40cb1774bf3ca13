using System.Text.Json.Nodes;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.EndToEnd.Vendors;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Ops;

/// <summary>An operator keeps everybody from an engine, and lets them use it again.</summary>
public sealed class BreakersAtWork : IAsyncLifetime
{
    Doubles _doubles = null!;
    SiloProcess _silo = null!;
    Operator _operator = null!;

    public async ValueTask InitializeAsync()
    {
        _doubles = await Doubles.Start();
        _silo = await SiloProcess.Start(_doubles.Settings);
        _operator = new Operator(_silo.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _operator.Dispose();
        await _silo.DisposeAsync();
        await _doubles.DisposeAsync();
    }

    [Fact]
    public async Task While_it_is_open_the_next_engine_is_used_and_shown_as_a_fallback_and_after_it_is_closed_the_first()
    {
        await using var call = await TestCall.Open(_silo);
        var (ana, ben) = (await call.Join("ana", "es"), await call.Join("ben", "en"));
        var key = (string)(await Engine(static engine => (string?)engine["state"] == "closed"))["key"]!;

        Assert.Equal(200, (await _operator.Post("/ops/api/breakers", new { engine = key, state = "open", minutes = 5 })).Status);
        await Engine(static engine => (string?)engine["state"] == "open" && (bool)engine["held"]! && (int)engine["openFor"]! > 200);
        var asked = _doubles.OpenAI.Translations.Count;
        await SaysAndIsTranslated(ana, ben);
        Assert.Equal(asked, _doubles.OpenAI.Translations.Count);
        await _operator.Follow($"view=participant&call={call.Id}&participant=ben", static shown =>
            shown["details"]?["lanes"]?["es"]?["translator"] is { } translator && (bool)translator["fallback"]! && (string)translator["first"]! == "openai" && (string)translator["name"]! == "anthropic");

        Assert.Equal(200, (await _operator.Post("/ops/api/breakers", new { engine = key, state = "closed" })).Status);
        await Engine(static engine => (string?)engine["state"] == "closed" && !(bool)engine["held"]!);
        await SaysAndIsTranslated(ana, ben);
        Assert.True(_doubles.OpenAI.Translations.Count > asked);
        Assert.Equal(["close-breaker", "open-breaker"], (await _operator.Audit()).Select(static entry => entry.What));
    }

    [Theory]
    [InlineData("translator/nobody/", "open", 5, 404)]
    [InlineData("account/openai", "open", 5, 404)]
    [InlineData("", "ajar", 5, 400)]
    [InlineData("", "open", 0, 400)]
    public async Task What_is_no_engine_or_no_state_is_refused(string engine, string state, int minutes, int status) =>
        Assert.Equal(status, (await _operator.Post("/ops/api/breakers", new { engine, state, minutes })).Status);

    async Task<JsonObject> Engine(Func<JsonObject, bool> isRight)
    {
        var shown = await _operator.Follow("view=cluster", shown => Find(shown) is { } engine && isRight(engine));
        return Find(shown)!;

        static JsonObject? Find(JsonObject shown) => shown["engines"]?.AsObject().Select(static row => row.Value!.AsObject())
            .FirstOrDefault(static engine => (string)engine["stage"]! == "translator" && (string)engine["name"]! == "openai");
    }

    static async Task SaysAndIsTranslated(Member ana, Member ben)
    {
        var before = ana.Finals("es").Count;
        await ben.Client.Say($"number {before} of all");
        await ana.Until("it is translated", () => ana.Finals("es").Count > before);
    }
}
