using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.EndToEnd.Calls;

/// <summary>Translate once, synthesize once per speaker, language and voice, however many listen.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class OncePerLanguage(ScriptedSilo scripted)
{
    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public async Task Engines_work_once_however_many_listen(int listeners)
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ben = await call.Join("ben", "en");
        var audience = await Task.WhenAll(Enumerable.Range(1, listeners).Select(number => call.Join($"listener-{number}", "es")));

        await ben.Speak("all of you hear this");

        foreach (var listener in audience)
            await listener.Until("the translation", () => listener.HeardWords == "all·es of·es you·es hear·es this·es" && listener.Finals("es").Count == 1);
        var figures = await call.Figures("ben");
        // Slow words get more than one draft and clause, whoever listens.
        Assert.InRange(figures.GetProperty("translations").GetInt64() + figures.GetProperty("drafts").GetInt64(), 1, 5);
        Assert.Equal(audience[0].ClausesOf("ben").Count(), figures.GetProperty("syntheses").GetInt64());
    }

    [Fact]
    public async Task A_language_that_nobody_hears_costs_no_synthesis_and_one_that_nobody_reads_costs_nothing()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ben = await call.Join("ben", "en");
        var reader = await call.Join("reader", "es", "captions");
        await call.Join("idle", new Hello("fr", []));

        await ben.Speak("read this");
        await reader.Until("the caption", () => reader.Finals("es").Count == 1);
        await ben.UntilRecorded();

        var figures = await call.Figures("ben");
        Assert.InRange(figures.GetProperty("translations").GetInt64() + figures.GetProperty("drafts").GetInt64(), 1, 5);
        Assert.Equal(0, figures.GetProperty("syntheses").GetInt64());
        Assert.Equal(["es"], figures.GetProperty("lanes").EnumerateArray().Select(static lane => lane.GetString()));
    }
}
