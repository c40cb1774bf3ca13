using System.Text.Json;
using VoiceGrains.Tests.Emulators.Deepgram;
using VoiceGrains.Tests.Emulators.OpenAI;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Calls;

/// <summary>Vendors are asked with the glossary and formality that a call was opened with, and with what was said before.</summary>
public sealed class TermsOfTheCall
{
    static readonly Dictionary<string, string>[] Glossary =
    [
        new() { ["en"] = "cluster", ["es"] = "clúster" },
        new() { ["en-GB"] = "grain", ["es"] = "grano" },
        new() { ["fr"] = "silo" },
    ];

    [Fact]
    public async Task A_call_is_heard_and_translated_with_its_terms_and_its_dialogue()
    {
        await using var ears = await DeepgramEmulator.Start();
        await using var translators = await OpenAIEmulator.Start();
        await using var silo = await Start(ears, translators);
        await using var call = await TestCall.Open(silo, new { glossary = Glossary, formality = "formal" });
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");

        await ana.Client.Say("El clúster está lleno.");
        await ana.UntilRecorded();
        await ben.Speak("which cluster is full?");
        await ana.Until("the translation", () => ana.HeardWords == "which·es clúster is·es full·es?");

        Assert.Equal(["cluster", "grain"], Assert.Single(ears.Asked).List("keyterm"));
        Assert.Equal(["formal", "formal"], translators.Translations.Select(static task => task.Formality));
        Assert.Equal(
            [[("clúster", "cluster"), ("grano", "grain")], [("cluster", "clúster"), ("grain", "grano")]], translators.Translations.Select(static task => task.Glossary));
        Assert.Equal([[], [("S1", "El clúster está lleno.")]], translators.Translations.Select(static task => task.Dialogue));
        // While it was being asked it was drafted, with the same terms.
        Assert.NotEmpty(translators.Drafts);
        Assert.All(translators.Drafts, static draft => Assert.Equal("formal", draft.Formality));
        Assert.All(translators.Drafts, static draft => Assert.Equal([("cluster", "clúster"), ("grain", "grano")], draft.Glossary));
        Assert.Empty(ears.Ledger.Mistakes.Concat(translators.Ledger.Mistakes));
    }

    [Fact]
    public async Task A_call_shows_the_terms_that_it_was_opened_with()
    {
        await using var silo = await SiloProcess.Start(SiloProcess.Scripted);
        await using var call = await TestCall.Open(silo, new { glossary = Glossary, formality = "informal", interpreting = "safe" });
        await using var plain = await TestCall.Open(silo);

        var (with, without) = (await call.Describe(), await plain.Describe());

        Assert.Equal("informal", with.GetProperty("formality").GetString());
        Assert.Equal(("safe", "balanced"), (with.GetProperty("interpreting").GetString(), without.GetProperty("interpreting").GetString()));
        Assert.Equal(Glossary, with.GetProperty("glossary").Deserialize<Dictionary<string, string>[]>()!);
        Assert.Equal((0, null), (without.GetProperty("glossary").GetArrayLength(), without.GetProperty("formality").GetString()));
    }

    static Task<SiloProcess> Start(DeepgramEmulator ears, OpenAIEmulator translators) => SiloProcess.Start(
        "--Engines:Recognizers", "deepgram-nova", "--Engines:Deepgram:Url", ears.SocketAddress, "--Engines:Deepgram:Key", ears.Key,
        "--Engines:Translators", "openai", "--Engines:OpenAI:Url", translators.Url.ToString(), "--Engines:OpenAI:Key", OpenAIEmulator.Key,
        "--Engines:Synthesizers", "scripted", "--Engines:CatchUp", "false");
}
