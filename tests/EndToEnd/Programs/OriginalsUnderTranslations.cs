using Microsoft.Playwright;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Programs;

/// <summary>In a real browser: the original of a speaker is turned down while their translation is heard, and only then.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class OriginalsUnderTranslations(ScriptedSilo scripted) : IAsyncLifetime
{
    const double Quiet = 0.126;

    // Originals are tones of 500 Hz, translations of 1,500: in windows of 10 ms each can be measured without the other. What comes when is replayed in the
    // browser's own audio engine, sample by sample, as fast as it can.
    const string Mix = """
        async ([choice, events]) => {
          const { Player } = await import('/mixing.js');
          const context = new OfflineAudioContext(1, 16000 * 4, 16000);
          const player = new Player(context);
          player.original = choice;
          const tone = (kind, seconds) => Int16Array.from({ length: seconds * 16000 }, (_, i) => 8000 * Math.sin(2 * Math.PI * (kind === 'original' ? 500 : 1500) * i / 16000));
          const act = ({ choose, kind, speaker, seconds, isTranslated }) => {
            if (choose) player.original = choose;
            else player.play(kind, speaker, tone(kind, seconds), isTranslated);
          };
          for (const at of new Set(events.map((event) => event.at))) {
            const now = events.filter((event) => event.at === at);
            if (at === 0) now.forEach(act);
            else context.suspend(at).then(() => { now.forEach(act); context.resume(); });
          }
          const heard = (await context.startRendering()).getChannelData(0);
          const loudness = (from) => {
            let [real, imaginary] = [0, 0];
            for (let i = from; i < from + 160; i++) {
              real += heard[i] * Math.cos(2 * Math.PI * 500 * i / 16000);
              imaginary += heard[i] * Math.sin(2 * Math.PI * 500 * i / 16000);
            }
            return Math.hypot(real, imaginary) / 80 / (8000 / 32768);
          };
          return Array.from({ length: 400 }, (_, window) => loudness(window * 160));
        }
        """;

    const string Listen = """
        async ([socket, ticket]) => {
          const [{ Call }, { Player }] = await Promise.all([import('/voicegrains.js'), import('/mixing.js')]);
          const player = new Player();
          const nothing = () => ({ original: 0, speech: 0, quietest: 1 });
          window.heard = { ana: nothing(), ben: nothing() };
          setInterval(() => { for (const speaker in heard) heard[speaker].quietest = Math.min(heard[speaker].quietest, player.loudnessOf(speaker)); }, 5);
          window.call = new Call({ socket, ticket, language: 'en', wants: ['captions', 'speech', 'original'], on: {
            audio: (kind, speaker, samples) => {
              heard[speaker][kind] += samples.length;
              player.play(kind, speaker, samples, call.isTranslated(speaker));
            },
          } });
          await call.ready;
        }
        """;

    IPlaywright _playwright = null!;
    IBrowser _browser = null!;
    IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        // As root chromium needs no-sandbox.
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
        });
        _page = await _browser.NewPageAsync();
        await _page.GotoAsync(new Uri(scripted.Silo.Address, "/health/live").ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    [Fact]
    public async Task It_goes_down_by_18_dB_within_60_ms_and_comes_back_400_ms_after_the_translation()
    {
        // As a gateway sends it: five pieces at once. They are heard from 1.06 to 2.06 s.
        var heard = await Heard("ducked", [Original("ana"), .. Enumerable.Repeat(Translation("ana", at: 1, seconds: 0.2), 5)]);

        AssertLoudness(heard, 0.1, 0.99, 1, 1);
        AssertLoudness(heard, 1.07, 2.04, Quiet, Quiet);
        AssertLoudness(heard, 2.24, 2.27, 0.5, 0.63);
        AssertLoudness(heard, 2.48, 3.9, 1, 1);
    }

    [Fact]
    public async Task It_stays_down_between_clauses_that_follow_each_other()
    {
        var heard = await Heard("ducked", Original("ana"), Translation("ana", at: 0.8, seconds: 0.6), Translation("ana", at: 1.2, seconds: 0.6));

        AssertLoudness(heard, 0.88, 2.04, Quiet, Quiet);
        AssertLoudness(heard, 2.48, 3.9, 1, 1);
    }

    [Fact]
    public async Task A_translation_that_begins_while_it_comes_back_turns_it_down_again_without_a_jump()
    {
        var heard = await Heard("ducked", Original("ana"), Translation("ana", at: 0.8, seconds: 0.6), Translation("ana", at: 1.6, seconds: 0.6));

        AssertLoudness(heard, 1.68, 2.24, Quiet, Quiet);
        // The ramp down is the steepest: 0.87 in 60 ms.
        Assert.All(heard[10..390].Zip(heard[11..391]), static pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 0.16));
    }

    [Fact]
    public async Task A_word_of_400_ms_turns_nothing_down() =>
        AssertLoudness(await Heard("ducked", Original("ana"), Translation("ana", at: 1, seconds: 0.2), Translation("ana", at: 1, seconds: 0.2)), 0.1, 3.9, 1, 1);

    [Fact]
    public async Task Another_speaker_and_one_of_the_same_language_stay_as_loud_as_they_are()
    {
        AssertLoudness(await Heard("ducked", Original("ana"), Translation("eva", at: 1, seconds: 1)), 0.1, 3.9, 1, 1);
        // What they typed is spoken too, in their own language.
        AssertLoudness(await Heard("ducked", Original("ben", isTranslated: false), Translation("ben", at: 1, seconds: 1) with { IsTranslated = false }), 0.1, 3.9, 1, 1);
    }

    [Fact]
    public async Task A_listener_may_want_it_full_or_not_at_all()
    {
        AssertLoudness(await Heard("full", Original("ana"), Translation("ana", at: 1, seconds: 1)), 0.1, 3.9, 1, 1);
        AssertLoudness(await Heard("muted", Original("ana"), Translation("ana", at: 1, seconds: 1)), 0.1, 3.9, 0, 0);
        AssertLoudness(await Heard("muted", Original("ben", isTranslated: false)), 0.1, 3.9, 1, 1);
    }

    [Fact]
    public async Task Another_choice_counts_at_once()
    {
        var heard = await Heard(
            "ducked", Original("ana"), Translation("ana", at: 0.8, seconds: 3), Choice(1.2, "full"), Choice(2, "muted"), Choice(2.8, "ducked"));

        AssertLoudness(heard, 0.88, 1.19, Quiet, Quiet);
        AssertLoudness(heard, 1.32, 1.99, 1, 1);
        AssertLoudness(heard, 2.12, 2.78, 0, 0);
        AssertLoudness(heard, 2.88, 3.8, Quiet, Quiet);
    }

    [Fact]
    public async Task In_a_call_those_are_turned_down_who_are_translated()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var (socket, ticket) = await call.Ticket("nora", "en-GB");
        await _page.EvaluateAsync(Listen, new[] { socket.ToString(), ticket });
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");

        await ben.Speak("somebody whose language she speaks and understands");
        await ana.Speak("uno dos tres cuatro cinco seis siete ocho nueve diez");

        await Until.True("Ana is turned down", () => _page.EvaluateAsync<bool>("heard.ana.quietest < 0.13 && heard.ana.original > 0 && heard.ana.speech > 0"));
        await Until.True("Ben is heard", () => _page.EvaluateAsync<bool>("heard.ben.original > 16000"));
        Assert.Equal((1, 0), (await _page.EvaluateAsync<double>("heard.ben.quietest"), await _page.EvaluateAsync<int>("heard.ben.speech")));
        await _page.EvaluateAsync("call.want(['captions', 'speech'])");
        await ana.Speak("once doce trece");
        await Until.True("the translation is heard", () => _page.EvaluateAsync<bool>("heard.ana.speech >= 13 * 1600"));

        // What she did not want is not lost when she wants it again.
        await _page.EvaluateAsync("heard.ana.original = 0, call.want(['original'])");
        await Until.True("the original is heard again", async () =>
        {
            await ana.Speak("catorce");
            return await _page.EvaluateAsync<bool>("heard.ana.original > 0");
        });
        Assert.Equal(0, await _page.EvaluateAsync<int>("call.lost"));
    }

    async Task<double[]> Heard(string choice, params Event[] events) => await _page.EvaluateAsync<double[]>(Mix, new object[] { choice, events.Select(static what => what.Told).ToArray() });

    // The tone has its own fades at the beginning and end of ramps; 2 % is nothing that one hears.
    static void AssertLoudness(double[] heard, double from, double to, double least, double most) =>
        Assert.All(heard[(int)Math.Round(from * 100)..(int)Math.Round(to * 100)], loudness => Assert.InRange(loudness, least - 0.02, most + 0.02));

    static Event Original(string speaker, bool isTranslated = true) => new(0, "original", speaker, 4, isTranslated);

    static Event Translation(string speaker, double at, double seconds) => new(at, "speech", speaker, seconds, IsTranslated: true);

    static Event Choice(double at, string choice) => new(at, "", "", 0, false, choice);

    sealed record Event(double At, string Kind, string Speaker, double Seconds, bool IsTranslated, string? Choose = null)
    {
        public object Told => new { at = At, kind = Kind, speaker = Speaker, seconds = Seconds, isTranslated = IsTranslated, choose = Choose };
    }
}
