using Microsoft.Playwright;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Browser.Demo;

/// <summary>What a newcomer sees who opens the address that <c>./voicegrains up</c> prints, with the offline engines behind it.</summary>
public sealed class FirstSight(FirstSight.Demo demo, Chromium chromium, ITestOutputHelper output) : IClassFixture<FirstSight.Demo>
{
    const string NoteFirstCaption = """
        new MutationObserver((_, watching) => {
          if (![...document.querySelectorAll('#left .text')].some((text) => text.textContent)) return;
          window.firstCaptionAt = performance.now();
          watching.disconnect();
        }).observe(document, { subtree: true, childList: true, characterData: true });
        """;

    [Theory]
    [InlineData("laptop", false)]
    [InlineData("laptop", true)]
    [InlineData("phone", true)]
    public async Task A_call_is_going_on_with_captions_in_both_languages_and_its_figures(string screen, bool isDark)
    {
        var look = screen == "phone" ? Look.Phone : Look.Laptop;
        await using var visitor = await chromium.Open(demo.Silo.Address, isDark ? look.Dark : look);

        await Assertions.Expect(visitor["#left .text"].First).Not.ToBeEmptyAsync();
        await Assertions.Expect(visitor["#right .text"].First).Not.ToBeEmptyAsync();
        await Assertions.Expect(visitor["#total"]).ToContainTextAsync("ms");
        await Assertions.Expect(visitor["#status"]).ToHaveTextAsync("live");
        await Assertions.Expect(visitor["#lost"]).ToHaveTextAsync("0");
        // In one process there is no node to kill.
        await visitor.Sees("#killNote", "./voicegrains cluster");
        await Assertions.Expect(visitor["#kill"]).ToBeHiddenAsync();
        await visitor.Picture("demo");
        await visitor.AssertAllIsWell();
    }

    [Fact]
    public async Task What_was_just_said_is_there_before_the_next_sentence()
    {
        await using var first = await chromium.Open(demo.Silo.Address);
        await Assertions.Expect(first["#left li:nth-child(2) .text-line .text"]).Not.ToBeEmptyAsync();
        var before = await first["#left .text-line"].AllTextContentsAsync();
        await using var second = await chromium.Begin();
        await second.Page.AddInitScriptAsync(NoteFirstCaption);

        await second.Page.GotoAsync(demo.Silo.Address.ToString());

        await Assertions.Expect(second["#left li:nth-child(2) .text-line .text"]).Not.ToBeEmptyAsync();
        Assert.Contains(await second["#left .text-line"].First.TextContentAsync(), before);
        Assert.Equal(0, await second["#left .mark"].CountAsync());
        output.WriteLine($"first caption after {await second.Page.EvaluateAsync<double>("firstCaptionAt"):F0} ms");
    }

    [Fact]
    public async Task One_listens_in_a_language_and_whether_originals_are_heard_is_kept()
    {
        await using var visitor = await chromium.Begin();
        var wanted = new Wanted(visitor.Page);
        await visitor.Page.GotoAsync(demo.Silo.Address.ToString());
        await Assertions.Expect(visitor["#left .text"].First).Not.ToBeEmptyAsync();
        Assert.False(wanted.Originals, "Nobody listens.");

        await visitor.Page.GetByText("In English").ClickAsync();
        await Until.True("originals are wanted", () => wanted.Originals);
        await visitor["#original"].SelectOptionAsync("muted");
        await Until.True("originals are not wanted", () => !wanted.Originals);
        await visitor.Page.ReloadAsync();

        await Assertions.Expect(visitor["#original"]).ToHaveValueAsync("muted");
        await visitor.AssertAllIsWell();
    }

    [Fact]
    public async Task Who_joins_types_and_everybody_reads_it_translated()
    {
        await using var watcher = await chromium.Open(demo.Silo.Address);
        await using var guest = await chromium.Open(demo.Silo.Address, Look.Phone);
        await Assertions.Expect(guest["#status"]).ToHaveTextAsync("live");

        await guest.Button("Join the call").ClickAsync();
        await Assertions.Expect(guest["#before"]).ToBeVisibleAsync();
        await guest["#name"].FillAsync("Nora");
        await guest["#language"].SelectOptionAsync("en");
        await guest["#joinTyping"].ClickAsync();
        await guest.IsIn();
        await guest.Say("We haven't seen each other for a long time.");

        await watcher.Sees("#right .text-line", "Hace mucho tiempo que no nos vemos.");
        await watcher.Sees("#left .who", "Nora");
        await guest.AssertAllIsWell();
    }

    [Fact]
    public async Task Nothing_serious_is_wrong_with_it_for_those_who_see_or_hear_otherwise()
    {
        Assert.SkipUnless(Axe.IsThere, Axe.WhyNot);
        await using var visitor = await chromium.Open(demo.Silo.Address);
        await Assertions.Expect(visitor["#left .text"].First).Not.ToBeEmptyAsync();

        await Axe.AssertFine(visitor, "demo");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/join")]
    public async Task All_script_and_style_of_a_page_is_under_150_KB(string path)
    {
        await using var visitor = await chromium.Open(new Uri(demo.Silo.Address, path));

        var sizes = await visitor.Page.EvaluateAsync<Dictionary<string, int>>("""
            () => Object.fromEntries(performance.getEntriesByType('resource').filter(({ name }) => /\.(js|css)$/.test(name)).map(({ name, decodedBodySize }) => [name, decodedBodySize]))
            """);

        Assert.True(sizes.Count > 5, "Scripts are missing.");
        Assert.InRange(sizes.Values.Sum(), 10_000, 150_000);
    }

    /// <summary>The product with its demo.</summary>
    public sealed class Demo : IAsyncLifetime
    {
        public SiloProcess Silo { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Silo = await SiloProcess.Start([.. SiloProcess.WithDemo, "--Engines:PocketSphinx:Languages", "en, es"]);

        public ValueTask DisposeAsync() => Silo.DisposeAsync();
    }

    /// <summary>What a page asks gateways for.</summary>
    sealed class Wanted
    {
        readonly System.Collections.Concurrent.ConcurrentDictionary<IWebSocket, string> _wants = [];

        public Wanted(IPage page) => page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) =>
        {
            if (frame.Text is { } text && text.Contains("\"wants\"", StringComparison.Ordinal))
                _wants[socket] = text;
        };

        public bool Originals => _wants.Values.Any(static text => text.Contains("\"original\"", StringComparison.Ordinal));
    }
}
