using Microsoft.Playwright;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Browser.Calls;

/// <summary>The page is for everybody: axe-core finds nothing serious on it in any state, and the keyboard reaches all of it.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class Accessible(ScriptedSilo scripted, Chromium chromium)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_state_of_the_page_has_a_serious_flaw(bool isDark)
    {
        Assert.SkipUnless(Axe.IsThere, Axe.WhyNot);
        await using var call = await TestCall.Open(scripted.Silo, new { title = "Stand-up" });
        var ana = await call.Join("ana", "es");
        await using var nora = await chromium.Arrive(scripted.Silo.Address, call, "Nora", "en", isDark ? Look.Phone.Dark : Look.Laptop);

        await Axe.AssertFine(nora, "before");
        await nora["#joinTyping"].ClickAsync();
        await nora.IsIn();
        await nora.Unfold("#settings");
        await nora.Unfold("#peopleBox");
        await ana.Client.Say("hola");
        await nora.Reads("hola·en");
        await Axe.AssertFine(nora, "call");
        await ana.UntilRecorded();
        await nora.Button("Leave").ClickAsync();
        await Assertions.Expect(nora["#transcript .text-line"]).ToHaveTextAsync("hola·en");
        await Axe.AssertFine(nora, "after");
    }

    [Fact]
    public async Task A_call_is_joined_spoken_in_and_left_without_a_mouse()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es");
        await using var nora = await chromium.Arrive(scripted.Silo.Address, call, "Nora", "en");
        var keys = nora.Page.Keyboard;

        await TabTo(nora, "joinTyping");
        await keys.PressAsync("Enter");
        await nora.IsIn();
        await keys.TypeAsync("by keyboard");
        await keys.PressAsync("Enter");
        await ana.Until("what was typed", () => ana.Finals("Nora", "es") is ["by·es keyboard·es"]);
        await ana.Client.Say("hola");
        await Assertions.Expect(nora["#announcer"]).ToHaveTextAsync("ana: hola·en");
        await TabTo(nora, "leave");
        await keys.PressAsync("Enter");

        await Assertions.Expect(nora["#afterTitle"]).ToBeFocusedAsync();
    }

    static Task TabTo(Visitor visitor, string id) => Until.True($"the keyboard is at {id}", async () =>
    {
        if (await visitor.Page.EvaluateAsync<string>("document.activeElement.id") == id)
            return true;
        await visitor.Page.Keyboard.PressAsync("Tab");
        return false;
    });
}
