using System.Diagnostics;
using System.Text.Json;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Programs;

/// <summary><c>./voicegrains up --engines emulated</c>: what somebody without keys tries.</summary>
public sealed class EmulatedVendors(EmulatedSilo emulated) : IClassFixture<EmulatedSilo>
{
    [Fact]
    public async Task What_one_says_is_recognized_translated_and_spoken_by_the_doubles_of_the_vendors()
    {
        await using var call = await TestCall.Open(emulated.Silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");

        await ben.Speak("where is the station");
        // Only the double of ElevenLabs speaks in codes of this kind; that of OpenAI, its fallback, has others.
        await ana.Until("the speech", () => ana.HeardWords == "where·es is·es the·es station·es");
        await ana.Client.Say("gracias por todo");
        await ben.Until("the answer", () => ben.HeardWords == "gracias·en por·en todo·en");

        // Speech comes before the sentence is over, and its last caption when it is.
        await ana.Until("the last caption", () => ana.Finals("ben", "es") is ["where·es is·es the·es station·es"]);
        await ben.Until("the last caption of the answer", () => ben.Finals("ana", "en") is ["gracias·en por·en todo·en"]);
        await call.AssertNothingIsLost("ben");
    }

    [Fact]
    public async Task The_recording_that_comes_with_them_is_understood()
    {
        using var process = Process.Start(new ProcessStartInfo(
            SiloProcess.Program("VoiceGrains.Client", "voicegrains-call"),
            ["--in", emulated.Recording, "--from", "en", "--to", "es", "--url", emulated.Silo.Address.ToString(), "--key", SiloProcess.ApiKey])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("can·es you·es hear·es me·es", output, StringComparison.Ordinal);
        Assert.Contains("doubles·es of·es all·es vendors·es", output, StringComparison.Ordinal);
        Assert.Contains("end of speech to translated audio", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_call_of_the_first_page_goes_on_with_them()
    {
        var id = await Until.Some("the demo call is open", async () => (await emulated.Silo.Address.Get("/demo")).Body.GetProperty("call") is { ValueKind: JsonValueKind.String } open ? open.GetString() : null);
        await using var call = TestCall.Of(emulated.Silo, id);

        var guest = await call.Join("guest", "es");

        await guest.Until("a translated caption of Emma", () => guest.Finals("emma", "es").Any(static text => text.Contains("·es", StringComparison.Ordinal)));
        await guest.Until("its speech", () => guest.HeardWordsOf("emma").Contains("·es", StringComparison.Ordinal));
    }
}
