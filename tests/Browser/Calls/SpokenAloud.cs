using Microsoft.Playwright;
using VoiceGrains.Audio;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Browser.Calls;

/// <summary>Recorded human speech goes into the microphone of one browser, and comes out of another in another language.</summary>
public sealed class SpokenAloud(Chromium chromium)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task What_one_says_the_other_reads_and_hears_translated()
    {
        // Longer sentences survive what a browser does to a microphone.
        var prompt = RecordedPrompts.Read().First(static prompt => prompt.English.Split(' ').Length >= 6);
        await using var silo = await SiloProcess.Start("--Engines:Phrasebooks:0", RecordedPrompts.WritePhrasebook([prompt]), "--Engines:PocketSphinx:Languages", "en, es");
        await using var call = await TestCall.Open(silo);
        await using var luis = await chromium.Enter(silo.Address, call, "Luis", "es", Look.Phone);
        await using var nora = await chromium.Arrive(silo.Address, call, "Nora", "en", Look.Laptop, Microphone.Hears(Recording(prompt)));

        await nora.Button("Join").ClickAsync();
        await nora.IsIn();

        await luis.Reads(prompt.Spanish);
        await nora.Reads(prompt.English);
        await luis.Unfold("#peopleBox");
        await luis.Sees("[data-activity=speaking]", "Nora");
        await nora.Picture("spoken");
        await luis.Picture("heard");
    }

    static string Recording(Prompt prompt)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("spoken-").FullName, "spoken.wav");
        var silence = new byte[(int)(Pause.TotalSeconds * 16_000)];
        using var wav = File.Create(file);
        WavFile.Write(wav, 8_000, [.. silence, .. RecordedPrompts.Audio(prompt, "en"), .. silence]);
        return file;
    }
}
