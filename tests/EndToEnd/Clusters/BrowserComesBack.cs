using System.Text.Json;
using Microsoft.Playwright;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Clusters;

/// <summary>The browser's client loses its gateway in mid-call, in each way there is, and neither misses nor repeats a word.</summary>
public sealed class BrowserComesBack : IAsyncLifetime
{
    const string Join = """
        async ([socket, ticket]) => {
          const { Call } = await import('/voicegrains.js');
          window.finals = []; window.heard = []; window.events = [];
          const note = (name) => () => events.push(name);
          window.call = new Call({ socket, ticket, language: 'en', wants: ['captions', 'speech'], on: {
            caption: (caption) => { if (caption.final && caption.speaker === 'ana') finals.push(caption.text); },
            audio: (kind, speaker, samples) => { if (kind === 'speech') heard.push(...samples); },
            lost: note('lost'), back: note('back'), moving: note('moving'), closed: note('closed'),
          } });
          await call.ready;
        }
        """;

    // An open microphone in silence: what was said is settled in stretches.
    const string IsRecorded = """
        () => {
          if (call.recorded === call.next - 1) return true;
          if (performance.now() - (window.saidAt ?? 0) > 400) { window.saidAt = performance.now(); call.frame(new Int16Array(1600)); }
          return false;
        }
        """;

    ClusterProcesses _cluster = null!;
    IPlaywright _playwright = null!;
    IBrowser _browser = null!;

    ClusterProcess Doomed => _cluster.Gateways[0];

    public async ValueTask InitializeAsync()
    {
        _cluster = await ClusterProcesses.Start(silos: 1, gateways: 2, SiloProcess.Scripted);
        _playwright = await Playwright.CreateAsync();
        // As root chromium needs no-sandbox.
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task After_its_gateway_was_killed() => Assert.Equal(["lost", "back"], await Talk(() => Doomed.Kill()));

    [Fact]
    public async Task When_its_gateway_is_drained_without_a_gap() => Assert.Equal(["moving", "back"], await Talk(() => Doomed.Stop()));

    [Fact]
    public async Task When_its_gateway_hangs_and_says_nothing_any_more() => Assert.Equal(["lost", "back"], await Talk(() =>
    {
        Doomed.Suspend();
        return Task.CompletedTask;
    }));

    async Task<IReadOnlyList<string>> Talk(Func<Task> strike)
    {
        await using var call = await TestCall.Open(Doomed.Address);
        await using var elsewhere = call.At(_cluster.Gateways[1].Address);
        var page = await _browser.NewPageAsync();
        await page.GotoAsync(new Uri(Doomed.Address, "/health/live").ToString());
        var (socket, ticket) = await call.Ticket("nora", "en");
        await page.EvaluateAsync(Join, new[] { socket.ToString(), ticket });
        var ana = await elsewhere.Join("ana", "es");

        await Say(page, "typed before");
        await ana.Until("what Nora typed", () => ana.HeardWordsOf("nora") == "typed·es before·es");
        await ana.Speak("dicho antes");
        await UntilIs("dicho·en antes·en", () => Heard(page));

        var striking = strike();
        await ana.Speak("dicho mientras");
        await Say(page, "typed meanwhile");
        await striking;
        await Until.True("Nora is back", () => page.EvaluateAsync<bool>("events.includes('back')"));
        await ana.Speak("dicho después");

        await UntilIs("dicho·en antes·en|dicho·en mientras·en|dicho·en después·en", () => page.EvaluateAsync<string>("finals.join('|')"));
        await UntilIs("dicho·en antes·en dicho·en mientras·en dicho·en después·en", () => Heard(page));
        await ana.Until("what Nora typed", () => ana.Finals("nora", "es") is ["typed·es before·es", "typed·es meanwhile·es"]);
        await Until.True("all of Nora's is recorded", () => page.EvaluateAsync<bool>(IsRecorded));
        await elsewhere.AssertNothingIsLost("nora");
        return JsonSerializer.Deserialize<IReadOnlyList<string>>(await page.EvaluateAsync<string>("JSON.stringify(events)"))!;
    }

    // What it is instead is what one wants to know.
    static async Task UntilIs(string expected, Func<Task<string>> actual)
    {
        var last = "";
        try
        {
            await Until.True(expected, async () => (last = await actual()) == expected);
        }
        catch (TimeoutException)
        {
            Assert.Equal(expected, last);
        }
    }

    static Task Say(IPage page, string text) => page.EvaluateAsync("(text) => call.say(text)", text);

    static async Task<string> Heard(IPage page)
    {
        var samples = await page.EvaluateAsync<int[]>("heard");
        var audio = new byte[samples.Length * 2];
        for (var i = 0; i < samples.Length; i++)
            BitConverter.TryWriteBytes(audio.AsSpan(i * 2), (short)samples[i]);
        return string.Join(' ', ScriptedAudio.Decode(audio));
    }
}
