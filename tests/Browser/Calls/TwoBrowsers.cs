using Microsoft.Playwright;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.Browser.Calls;

/// <summary>Two people with browsers understand each other.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class TwoBrowsers(ScriptedSilo scripted, Chromium chromium)
{
    Uri Gateway => scripted.Silo.Address;

    [Fact]
    public async Task Each_reads_and_hears_the_other_in_their_own_language()
    {
        await using var call = await TestCall.Open(scripted.Silo, new { title = "Stand-up" });
        await using var nora = await chromium.Enter(Gateway, call, "Nora", "en");
        await using var luis = await chromium.Enter(Gateway, call, "Luis", "es", Look.Phone.Dark);

        await nora.Say("good morning everybody it is a beautiful day and this is a sentence that takes a while to be spoken by whoever speaks it");
        await luis.Sees("#captions .text-line", "good·es morning·es everybody·es");
        await luis.Unfold("#peopleBox");
        await luis.Sees("[data-activity=speaking]", "Nora");
        await luis.Say("muchas gracias");

        await nora.Reads("muchas·en gracias·en");
        await luis.Reads("muchas gracias");
        await nora.Sees("#people li", "Luis");
        await nora.Sees("#people li", "Español");
        await nora.Picture("call");
        await luis.Picture("call");
        await nora.AssertAllIsWell();
        await luis.AssertAllIsWell();
    }

    [Fact]
    public async Task Who_wants_sees_what_was_said_under_its_translation_in_letters_for_a_whole_table()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var luis = await chromium.Enter(Gateway, call, "Luis", "es");
        await using var nora = await chromium.Enter(Gateway, call, "Nora", "en", Look.Laptop.Dark);
        await nora.Unfold("#settings");
        await nora["#withOriginal"].CheckAsync();
        await nora["#size"].SelectOptionAsync("huge");

        await luis.Say("buenos días a todos");
        await nora.Reads("buenos·en días·en a·en todos·en");

        await Assertions.Expect(nora["#captions .source-line"].First).ToHaveTextAsync("buenos días a todos");
        Assert.True(await nora.Page.EvaluateAsync<double>("parseFloat(getComputedStyle(document.querySelector('#captions .text')).fontSize)") >= 40);
        await nora.Picture("across-a-table");
        await nora.AssertAllIsWell();
    }

    [Fact]
    public async Task A_language_is_changed_in_mid_call()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var nora = await chromium.Enter(Gateway, call, "Nora", "en");
        await using var luis = await chromium.Enter(Gateway, call, "Luis", "es");
        await nora.Say("before");
        await luis.Reads("before·es");

        await luis.Unfold("#settings");
        await luis["#speak"].SelectOptionAsync("fr");
        await nora.Sees("#people li", "Français");
        await nora.Say("after");

        await luis.Reads("after·fr");
        await luis.Say("merci");
        await nora.Reads("merci·en");
        await luis.Reads("before·es");
    }

    [Fact]
    public async Task What_may_still_change_is_told_from_what_stands()
    {
        await using var visitor = await chromium.Open(new Uri(Gateway, "/join"));

        var colors = await visitor.Page.EvaluateAsync<string[]>("""
            async () => {
              const { Captions } = await import('/captions.js');
              const list = document.createElement('ol');
              const frame = document.createElement('section');
              frame.className = 'captions';
              frame.append(list);
              document.body.append(frame);
              const captions = new Captions(list);
              captions.show({ speaker: 'a', segment: 1, language: 'en', spokenLanguage: 'es', text: 'This stands', tail: 'and this may', final: false, quality: 'good' }, 'en');
              const open = captions.open;
              captions.show({ speaker: 'a', segment: 1, language: 'en', spokenLanguage: 'es', text: 'This stands now.', tail: '', final: true, quality: 'good' }, 'en');
              const line = list.querySelector('li');
              return [String(open), String(captions.open), line.textContent, getComputedStyle(list.querySelector('.text')).color === getComputedStyle(list.querySelector('.tail')).color ? 'same' : 'fainter'];
            }
            """);

        Assert.Equal(["1", "0", "aThis stands now.", "fainter"], colors);
    }
}
