using Microsoft.Playwright;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.Browser.Calls;

/// <summary>For who reads from right to left, captions begin at the right, whatever stands beside them.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class RightToLeft(ScriptedSilo scripted, Chromium chromium)
{
    [Theory]
    [InlineData("laptop")]
    [InlineData("phone")]
    public async Task Captions_of_each_language_are_written_in_its_direction(string screen)
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var layla = await chromium.Enter(scripted.Silo.Address, call, "Layla", "ar", screen == "phone" ? Look.Phone : Look.Laptop);
        var ben = await call.Join("Ben", "en");
        await layla.Unfold("#settings");
        await layla["#withOriginal"].CheckAsync();

        await layla.Say("مرحبا بالجميع، كيف حالكم اليوم؟");
        await ben.Until("the translation", () => ben.Finals("Layla", "en").Count == 1);
        await ben.Client.Say("good morning");

        var own = layla["#captions li.mine .text-line"];
        var other = layla["#captions li[data-speaker=Ben]"];
        await Assertions.Expect(own).ToHaveTextAsync("مرحبا بالجميع، كيف حالكم اليوم؟");
        await Assertions.Expect(own).ToHaveAttributeAsync("dir", "rtl");
        await Assertions.Expect(own).ToHaveAttributeAsync("lang", "ar");
        await Assertions.Expect(other.Locator(".text-line")).ToHaveAttributeAsync("dir", "rtl");
        await Assertions.Expect(other.Locator(".source-line")).ToHaveAttributeAsync("dir", "ltr");
        await Assertions.Expect(layla["html"]).ToHaveAttributeAsync("lang", "en");
        await layla.Picture("right-to-left");
        await layla.AssertAllIsWell();
    }
}
