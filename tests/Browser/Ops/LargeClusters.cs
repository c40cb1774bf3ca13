using Microsoft.Playwright;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.Load.Ops;
using static Microsoft.Playwright.Assertions;

namespace VoiceGrains.Tests.Browser.Ops;

/// <summary>Twenty silos and a thousand calls, made up, on every kind of screen.</summary>
public sealed class LargeClusters(Chromium chromium) : IAsyncLifetime
{
    SyntheticCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await SyntheticCluster.Start(silos: 20, calls: 1_000, seed: 20_261_121);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Calls_are_searched_sorted_and_paged_without_a_gap_in_what_is_shown()
    {
        await using var visitor = await SignIn(Look.Laptop);
        var page = visitor.Page;
        await visitor.Sees("main", "1 to 25 of 1,000");

        await visitor.Button("Next").ClickAsync();
        await visitor.Sees("main", "26 to 50 of 1,000");
        await page.GetByRole(AriaRole.Button, new() { Name = "People", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "People" }).Last).ToHaveAttributeAsync("aria-sort", "descending");
        await visitor.Sees("main", "1 to 25 of 1,000");
        await page.FillAsync("#search", "board");
        await visitor.Sees("main", "125 of 1,000");
        await page.FillAsync("#search", "madeup0042");
        await Expect(page.Locator("section[aria-label=Calls] tbody tr")).ToHaveCountAsync(1);
        await page.FillAsync("#search", "nothing like it");
        await visitor.Sees("section[aria-label=Calls]", "No call fits the search.");
        await visitor.AssertAllIsWell();
    }

    [Fact]
    public async Task What_is_wrong_stands_on_top_and_goes_when_it_is_over()
    {
        await using var visitor = await SignIn(Look.Laptop);
        await visitor.Sees(".troubles", "Nothing is wrong.");

        _cluster.Lose("silo-3");
        _cluster.MakeTrouble();

        await visitor.Sees(".troubles li[data-level=bad]", "Silo silo-3 is lost");
        await visitor.Sees(".troubles", "The recognizer deepgram-flux fails (Overloaded): nobody uses it for now");
        await visitor.Sees(".troubles", "All 5 places of the account elevenlabs are in use, and calls wait for one.");
        await visitor.Sees(".troubles", "Silo silo-7 is busy");
        await visitor.Sees("section[aria-label=Calls] tbody tr >> nth=0", "12");
        await visitor.AssertAllIsWell();
    }

    [Fact]
    public async Task Charts_begin_when_the_gateway_does_and_say_in_words_what_they_show()
    {
        await using var visitor = await SignIn(Look.Laptop);

        await Expect(visitor.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Calls in the last 1 min: now 1,000, highest 1,000$") })).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Load in the last 1 min: now [1-9]") }).First).ToBeVisibleAsync();
        await visitor.Picture("ops-charts");
        await visitor.AssertAllIsWell();
    }

    public static TheoryData<string> Looks => ["laptop", "phone", "laptop-dark", "phone-dark"];

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Nothing_is_wider_than_the_screen(string name)
    {
        var look = new[] { Look.Laptop, Look.Phone, Look.Laptop.Dark, Look.Phone.Dark }.Single(look => look.Name == name);
        await using var visitor = await SignIn(look);
        _cluster.MakeTrouble();
        await visitor.Sees(".troubles", "Silo silo-7 is busy");

        await visitor.Picture("ops-cluster");
        await visitor.AssertAllIsWell();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Log level of silo-1", Exact = true }).ClickAsync();
        await visitor.Picture("ops-log-level");
        await visitor.AssertAllIsWell();
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Axe_finds_no_serious_issue(string name)
    {
        Assert.SkipUnless(Axe.IsThere, Axe.WhyNot);
        var look = new[] { Look.Laptop, Look.Phone, Look.Laptop.Dark, Look.Phone.Dark }.Single(look => look.Name == name);
        await using var visitor = await SignIn(look);
        _cluster.MakeTrouble();
        await visitor.Sees(".troubles", "Silo silo-7 is busy");
        await Axe.AssertFine(visitor, "cluster");

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Drain silo-1", Exact = true }).ClickAsync();
        await Axe.AssertFine(visitor, "question");
        await visitor.Button("Cancel").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Audit" }).ClickAsync();
        await visitor.Sees("main", "signed in");
        await Axe.AssertFine(visitor, "audit");
        await visitor.Button("Sign out").ClickAsync();
        await Expect(visitor["#token"]).ToBeVisibleAsync();
        await Axe.AssertFine(visitor, "signing in");
    }

    Task<Visitor> SignIn(Look look) => Operators.SignIn(chromium, _cluster.Address, look, SyntheticCluster.Token);
}
