using Microsoft.Playwright;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.Browser.Calls;

/// <summary>What remains of a call: its transcript, in each language of the call, to read and to take along.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class AfterTheCall(ScriptedSilo scripted, Chromium chromium)
{
    Uri Gateway => scripted.Silo.Address;

    [Theory]
    [InlineData("Text", "transcript-en.txt", "Luis: buenos·en días·en\n    (es) buenos días\n")]
    [InlineData("SRT subtitles", "transcript-en.srt", "Luis: buenos·en días·en\n(es) buenos días\n")]
    [InlineData("WebVTT", "transcript-en.vtt", "<v Luis>buenos·en días·en\n(es) buenos días\n")]
    [InlineData("JSON", "transcript-en.json", "\"spokenText\": \"buenos días\"")]
    public async Task The_transcript_is_saved_with_the_right_of_who_took_part(string button, string file, string expected)
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var nora = await Talked(call);
        await nora.Button("Leave").ClickAsync();
        await Assertions.Expect(nora["#transcript .text-line"]).ToHaveTextAsync("buenos·en días·en");

        var download = await nora.Page.RunAndWaitForDownloadAsync(() => nora.Button(button).ClickAsync());

        Assert.Equal(file, download.SuggestedFilename);
        Assert.Contains(expected, await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_read_in_each_language_with_what_was_said_under_it()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var nora = await Talked(call, Look.Phone);

        await call.End();
        await Assertions.Expect(nora["#afterTitle"]).ToHaveTextAsync("The call is over");
        await Assertions.Expect(nora["#transcript .text-line"]).ToHaveTextAsync("buenos·en días·en");
        await Assertions.Expect(nora["#transcript .source-line"]).ToHaveTextAsync("buenos días");
        await nora.Picture("after");
        await nora["#transcriptLanguage"].SelectOptionAsync("es");

        await Assertions.Expect(nora["#transcript .text-line"]).ToHaveTextAsync("buenos días");
        await nora.AssertAllIsWell();
    }

    async Task<Visitor> Talked(TestCall call, Look? look = null)
    {
        var nora = await chromium.Enter(Gateway, call, "Nora", "en", look);
        var luis = await call.Join("Luis", "es");
        await luis.Client.Say("buenos días");
        await nora.Reads("buenos·en días·en");
        await luis.UntilRecorded();
        return nora;
    }
}
