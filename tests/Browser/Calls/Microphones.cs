using Microsoft.Playwright;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Browser.Calls;

/// <summary>With a microphone, without one, and with one that may not be used.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class Microphones(ScriptedSilo scripted, Chromium chromium)
{
    Uri Gateway => scripted.Silo.Address;

    [Fact]
    public async Task One_that_works_moves_the_bar_before_the_call_and_is_open_in_it()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var nora = await chromium.Arrive(Gateway, call, "Nora", "en", Look.Laptop.Dark, Microphone.Beeping);

        await nora.Button("Check the microphone").ClickAsync();
        await Assertions.Expect(nora["#deviceNote"]).ToHaveTextAsync("You are heard.");
        await nora.Picture("microphone-checked");
        await nora.Button("Join").ClickAsync();
        await nora.IsIn();
        await Assertions.Expect(nora.Button("Mute")).ToHaveAttributeAsync("data-open", "true");
        await Until.True("frames come", async () => (await call.Figures("Nora")).TryGetProperty("ledger", out var ledger) && ledger.GetProperty("highest").GetInt64() > 20);

        await nora.Button("Mute").ClickAsync();
        await nora.Sees("#people li", "muted");
        await nora.AssertAllIsWell();
    }

    [Fact]
    public async Task It_may_be_open_only_while_a_key_is_held()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var nora = await chromium.Arrive(Gateway, call, "Nora", "en");
        await nora.Button("Join").ClickAsync();
        await nora.IsIn();
        await nora.Unfold("#settings");
        await nora["#holdToTalk"].CheckAsync();
        await Assertions.Expect(nora["#hold"]).ToHaveTextAsync("Hold to talk");

        await nora["#captions"].FocusAsync();
        await nora.Page.Keyboard.DownAsync(" ");
        await Assertions.Expect(nora["#hold"]).ToHaveTextAsync("You are heard");
        await nora.Page.Keyboard.UpAsync(" ");

        await Assertions.Expect(nora["#hold"]).ToHaveTextAsync("Hold to talk");
        await nora.Sees("#people li", "muted");
    }

    [Theory]
    [InlineData(false, "The browser may not use the microphone")]
    [InlineData(true, "No microphone was found")]
    public async Task Without_one_the_reason_is_told_and_one_takes_part_by_typing(bool isMissing, string reason)
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es");
        await using var nora = await chromium.Arrive(Gateway, call, "Nora", "en", Look.Phone, isMissing ? Microphone.None : Microphone.Forbidden);

        await nora.Button("Check the microphone").ClickAsync();
        await nora.Sees("#deviceNote", reason);
        await nora.Picture(isMissing ? "no-microphone" : "microphone-forbidden");
        await nora.Button("Join").ClickAsync();
        await nora.IsIn();
        await nora.Sees("#notices p", reason);
        await nora.Say("typed all the same");

        await ana.Until("what was typed", () => ana.Finals("Nora", "es") is ["typed·es all·es the·es same·es"]);
    }
}
