using Microsoft.Playwright;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VoiceGrains.Tests.Browser.Ops;

/// <summary>An operator at work with a browser, on a cluster under talking people.</summary>
public sealed class Dashboard(Chromium chromium) : IAsyncLifetime
{
    const string Title = "<img src=x onerror=alert(1)> & مقابلة";

    ClusterProcesses _cluster = null!;

    ClusterProcess Gateway => _cluster.Gateways[0];

    public async ValueTask InitializeAsync() => _cluster = await ClusterProcesses.Start(silos: 2, gateways: 1, SiloProcess.Scripted);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Shows_a_call_drains_its_silo_while_people_talk_and_ends_it()
    {
        await using var call = await TestCall.Open(Gateway.Address, new { title = Title });
        var (ana, ben) = (await call.Join("ana", "es"), await call.Join("ben", "en"));
        await ben.Speak("said before");
        await using var visitor = await Operators.SignIn(chromium, Gateway.Address);
        var page = visitor.Page;

        // From the cluster to the call and to the one who speaks.
        await page.GetByRole(AriaRole.Link, new() { Name = Title }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = Title })).ToBeVisibleAsync();
        await visitor.Picture("ops-call");
        await page.GetByRole(AriaRole.Link, new() { Name = "ben" }).ClickAsync();
        await Expect(Fact(page, "Recognized")).Not.ToHaveTextAsync("0");
        await Expect(Fact(page, "Engine")).ToHaveTextAsync("scripted");
        await Expect(page.Locator("section[aria-label=Lanes] tbody tr")).ToContainTextAsync("scripted");
        await visitor.Picture("ops-participant");
        var silo = await Fact(page, "Silo").InnerTextAsync();

        // Its silo is drained under talking people.
        await page.GetByRole(AriaRole.Link, new() { Name = "Cluster" }).First.ClickAsync();
        await visitor.Button($"Drain {silo}").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Nobody misses a word.");
        await visitor.Picture("ops-drain");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = $"Drain {silo}" }).ClickAsync();
        await visitor.Sees("#toast", "1 other takes over");
        await ben.Speak("said meanwhile");
        Assert.Equal(0, await _cluster.Member(silo).Ended());
        await ben.Speak("said after");
        await ana.Until("every word", () => string.Join(' ', ana.Finals("ben", "es")) == "said·es before·es said·es meanwhile·es said·es after·es");
        await ben.UntilRecorded();
        await call.AssertNothingIsLost("ben");

        // And the call ends.
        await page.GetByRole(AriaRole.Link, new() { Name = Title }).ClickAsync();
        await visitor.Button("End the call…").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End the call" }).ClickAsync();
        Assert.Equal(CloseCode.Ended, await ana.UntilClosed());
        await Expect(Fact(page, "Status")).ToHaveTextAsync("ended");
        await page.GetByRole(AriaRole.Link, new() { Name = "Audit" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "ended a call" })).ToContainTextAsync(call.Id);
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "drained a silo" })).ToContainTextAsync($"it drains: 1 other takes over");
        await visitor.Picture("ops-audit");
        await visitor.AssertAllIsWell();
    }

    [Fact]
    public async Task Says_when_what_it_shows_is_old_and_goes_on_by_itself()
    {
        await using var visitor = await Operators.SignIn(chromium, Gateway.Address);

        Gateway.Suspend();
        await visitor.Sees("#stale", "Stale: nothing has come from the gateway for");
        await visitor.Picture("ops-stale");
        Gateway.Resume();
        await visitor.Sees("#fresh", "Live,");
        await Expect(visitor["#stale"]).ToBeHiddenAsync();

        foreach (var silo in _cluster.Silos)
            silo.Suspend();
        await visitor.Sees("#stale", "Stale: the gateway has had no figures from the cluster for");
        foreach (var silo in _cluster.Silos)
            silo.Resume();
        await visitor.AssertAllIsWell();
    }

    [Fact]
    public async Task A_silo_that_is_killed_stands_on_top_in_words()
    {
        await using var visitor = await Operators.SignIn(chromium, Gateway.Address);

        await _cluster.Silos[1].Kill();

        await visitor.Sees(".troubles li[data-level=bad]", "Silo silo-2 is lost: it has said nothing for");
        await Expect(visitor.Button("Drain silo-2")).ToBeDisabledAsync();
        await visitor.Picture("ops-lost");
        await visitor.AssertAllIsWell();
    }

    [Fact]
    public async Task Who_thinks_better_of_it_has_done_nothing_and_the_safe_answer_has_the_focus()
    {
        await using var call = await TestCall.Open(Gateway.Address, new { title = Title });
        await using var visitor = await Operators.SignIn(chromium, Gateway.Address);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = Title }).ClickAsync();

        await visitor.Button("End the call…").ClickAsync();
        await Expect(visitor.Button("Cancel")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await visitor.Button("End the call…").ClickAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");

        await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Equal("open", (await call.Describe()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Who_is_signed_out_sees_nothing_any_more()
    {
        await using var visitor = await Operators.SignIn(chromium, Gateway.Address);

        await visitor.Button("Sign out").ClickAsync();
        await Expect(visitor["#token"]).ToBeVisibleAsync();
        await visitor.Page.GotoAsync(new Uri(Gateway.Address, "/ops/#/audit").ToString());

        await Expect(visitor["#token"]).ToBeVisibleAsync();
        await visitor.Page.FillAsync("#token", "not-the-token-of-anybody");
        await visitor.Button("Sign in").ClickAsync();
        await visitor.Sees(".wrong", "This is not the token.");
        await visitor.Picture("ops-login-wrong");
    }

    static ILocator Fact(IPage page, string name) => page.Locator($".facts div:has(dt:text-is('{name}')) dd").First;
}
