using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.EspeakNg;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.EndToEnd.Voices;

/// <summary>Each stock voice of the offline synthesizer sounds different.</summary>
public sealed class StockVoicesHeard
{
    [Fact]
    public async Task Five_names_are_five_voices_and_an_own_profile_gets_that_of_its_gender()
    {
        var voices = new EspeakVoices(new EspeakOptions());
        Assert.SkipUnless(voices.IsInstalled, "espeak-ng is not installed.");
        using var engine = new EspeakSynthesizer(new EspeakOptions(), voices, TimeProvider.System);
        var language = Language.Parse("en");

        var heard = new List<string>();
        foreach (var name in StockVoices.Names)
            heard.Add(await Speak(engine, StockVoices.Find(name, language)!));
        var ofProfile = await Speak(engine, new Voice("voice-1", Gender.Male, language));

        Assert.Equal(5, heard.Distinct().Count());
        Assert.Equal(await Speak(engine, StockVoices.Find("stock-male", language)!), ofProfile);
    }

    static async Task<string> Speak(EspeakSynthesizer engine, Voice voice)
    {
        await using var stream = engine.Open(voice);
        stream.Write("Good morning.");
        stream.Complete();
        var audio = new List<byte>();
        await foreach (var chunk in stream.Chunks(CancellationToken.None))
            audio.AddRange(chunk.Audio.ToArray());
        Assert.True(audio.Count > 16_000, $"{voice.Profile} says next to nothing.");
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([.. audio]));
    }
}
