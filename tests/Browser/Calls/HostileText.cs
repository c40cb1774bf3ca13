using Microsoft.Playwright;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.Browser.Calls;

/// <summary>Whatever people call themselves or say, the page shows it as text, in its place.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class HostileText(ScriptedSilo scripted, Chromium chromium)
{
    const string Markup = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>";

    Uri Gateway => scripted.Silo.Address;

    [Fact]
    public async Task Markup_in_names_titles_and_captions_stays_text()
    {
        await using var call = await TestCall.Open(scripted.Silo, new { title = Markup });
        await using var nora = await chromium.Enter(Gateway, call, "Nora", "en", Look.Phone);
        var (_, made) = await Gateway.Post($"/v1/calls/{call.Id}/tickets", new { participant = "eve", name = Markup, language = "es" });
        var eve = await call.Connect(new Uri(made.GetProperty("socket").GetString()!), made.GetProperty("ticket").GetString()!, new VoiceGrains.Protocol.Hello());

        await eve.Client.Say(Markup + " 😀👩‍👩‍👧‍👦");
        await nora.Unfold("#peopleBox");

        // The scripted translator marks each word.
        await nora.Sees("#captions .text-line", "<script·en>window·en.hit");
        await nora.Sees("#captions .who", "<script>window.hit=1</script>");
        await nora.Sees("#people .name", "<img src=x");
        await nora.Sees("#title", "<img src=x");
        Assert.False(await nora.Page.EvaluateAsync<bool>("'hit' in window || document.querySelector('main img, main script') !== null"));
        await nora.Picture("hostile");
        await nora.AssertAllIsWell();
    }

    [Fact]
    public async Task Text_that_reorders_hides_or_never_ends_is_tamed()
    {
        await using var visitor = await chromium.Open(new Uri(Gateway, "/join"), Look.Phone);

        var shown = await visitor.Page.EvaluateAsync<string[]>("""
            async () => {
              const { Captions } = await import('/captions.js');
              const { People } = await import('/people.js');
              const frame = document.createElement('section');
              frame.className = 'captions card';
              frame.innerHTML = '';
              const list = document.createElement('ol');
              const people = document.createElement('ul');
              frame.append(list, people);
              document.querySelector('main').append(frame);
              const captions = new Captions(list, { name: () => 'Eve\u202Eadmin' });
              const caption = (segment, text) => captions.show({ speaker: 'eve', segment, language: 'en', spokenLanguage: 'en', text, tail: '', final: true, quality: 'original' }, 'en');
              caption(1, 'pay 100\u202E \u2066evil\u2069\u0000\u009B');
              caption(2, 'x'.repeat(10000));
              caption(3, 'Z\u0335\u0321\u0322\u0327\u0328'.repeat(50));
              new People(people, { me: () => 'me' }).show([{ participant: 'eve', name: 'Eve\u202Eadmin' + 'W'.repeat(80), language: 'not a language', connected: true, maySpeak: true }]);
              return [list.children[0].querySelector('.text').textContent, list.children[0].querySelector('.who').textContent, String(list.children[1].textContent.length > 9999),
                people.querySelector('.name').textContent.slice(0, 9), String(document.documentElement.scrollWidth <= innerWidth)];
            }
            """);

        Assert.Equal(["pay 100 evil", "Eveadmin", "true", "EveadminW", "true"], shown);
        await visitor.AssertAllIsWell();
    }

    [Fact]
    public async Task A_right_to_left_text_does_not_reorder_the_name_beside_it_nor_the_other_way()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var nora = await chromium.Enter(Gateway, call, "Nora", "en");
        var layla = await call.Join("layla", "ar");

        await layla.Client.Say("مرحبا");
        await nora.Reads("مرحبا·en");

        // Each stands in a frame of its own.
        Assert.Equal("isolate", await nora["#captions .text-line"].First.EvaluateAsync<string>("line => getComputedStyle(line).unicodeBidi"));
        Assert.Equal("BDI", await nora["#captions .who"].First.EvaluateAsync<string>("who => who.tagName"));
    }
}
