using Microsoft.Playwright;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Browser.Calls;

/// <summary>A connection is cut, or slow, or taken by another window; the page says so, and nothing is lost.</summary>
public sealed class LostConnections(LostConnections.FarSilo far, Chromium chromium) : IClassFixture<LostConnections.FarSilo>
{
    Network Cable => far.Cable;

    [Fact]
    public async Task A_cut_socket_comes_back_with_every_word_of_both_sides()
    {
        await using var call = await TestCall.Open(far.Silo);
        var ana = await call.Join("ana", "es");
        await using var nora = await chromium.Enter(Cable.Address, call, "Nora", "en");
        await ana.Client.Say("antes");
        await nora.Reads("antes·en");

        Cable.Cut();
        await nora.Sees("#notices p", "The connection was lost");
        await nora.Picture("connection-lost");
        await ana.Client.Say("mientras");
        await nora.Say("meanwhile");
        Cable.Mend();
        await nora.Sees("#notices p", "Connected again");
        await ana.Client.Say("después");

        await nora.Reads("después·en");
        Assert.Equal(["antes·en", "mientras·en", "después·en"], await Lines(nora, "ana"));
        await ana.Until("what Nora typed", () => ana.Finals("Nora", "es") is ["meanwhile·es"]);
        await call.AssertNothingIsLost("Nora");
    }

    [Fact]
    public async Task The_network_of_the_machine_goes_and_comes_back()
    {
        await using var call = await TestCall.Open(far.Silo);
        await using var nora = await chromium.Enter(Cable.Address, call, "Nora", "en");

        await nora.Page.Context.SetOfflineAsync(true);
        Cable.Cut();
        await nora.Sees("#notices p", "The connection was lost");
        Cable.Mend();
        await nora.Page.Context.SetOfflineAsync(false);

        // At once, and not after the pause of one who knows that there is no network.
        await Assertions.Expect(nora["#notices p"].Filter(new() { HasText = "Connected again" })).ToBeVisibleAsync(new() { Timeout = 10_000 });
    }

    [Fact]
    public async Task A_page_that_was_put_to_sleep_wakes_up_with_every_word()
    {
        await using var call = await TestCall.Open(far.Silo);
        var ana = await call.Join("ana", "es");
        await using var nora = await chromium.Enter(Cable.Address, call, "Nora", "en");
        var scripts = await nora.Page.Context.NewCDPSessionAsync(nora.Page);
        var asleep = new TaskCompletionSource();
        scripts.Event("Debugger.paused").OnEvent += (_, _) => asleep.TrySetResult();
        await scripts.SendAsync("Debugger.enable");

        // No script of the page runs, as on a machine that sleeps, which loses its network too.
        await scripts.SendAsync("Debugger.pause");
        await asleep.Task;
        Cable.Cut();
        await ana.Until<RosterMessage>("Nora is away", static roster => roster.Participants.Any(static entry => entry is { Participant: "Nora", Connected: false }));
        await ana.Client.Say("mientras");
        await ana.UntilRecorded();
        Cable.Mend();
        await scripts.SendAsync("Debugger.disable");

        await nora.Reads("mientras·en");
        await nora.Say("awake");
        await ana.Until("what Nora typed", () => ana.Finals("Nora", "es") is ["awake·es"]);
    }

    [Fact]
    public async Task A_slow_network_only_takes_longer()
    {
        Cable.Delay = TimeSpan.FromMilliseconds(400);
        await using var call = await TestCall.Open(far.Silo);
        var ana = await call.Join("ana", "es");
        await using var nora = await chromium.Enter(Cable.Address, call, "Nora", "en");

        await ana.Client.Say("despacio");
        await nora.Reads("despacio·en");
        await nora.Say("slowly");

        await ana.Until("what Nora typed", () => ana.Finals("Nora", "es") is ["slowly·es"]);
        await nora.AssertAllIsWell();
        Cable.Delay = TimeSpan.Zero;
    }

    [Fact]
    public async Task The_same_invitation_in_another_window_moves_the_call_there_and_back()
    {
        await using var call = await TestCall.Open(far.Silo);
        var ana = await call.Join("ana", "es");
        await using var first = await chromium.Enter(Cable.Address, call, "Nora", "en");
        await using var second = await chromium.Enter(Cable.Address, call, "Nora", "en");

        await Assertions.Expect(first["#problemTitle"]).ToHaveTextAsync("The call goes on in another window");
        await first.Picture("other-window");
        await first.Button("Continue here instead").ClickAsync();
        await first["#joinTyping"].ClickAsync();
        await first.IsIn();
        await Assertions.Expect(second["#problemTitle"]).ToHaveTextAsync("The call goes on in another window");
        await ana.Client.Say("hola");
        await first.Reads("hola·en");

        // Who comes anew reads what was said before.
        await ana.UntilRecorded();
        await second.Button("Continue here instead").ClickAsync();
        await second["#joinTyping"].ClickAsync();
        await second.IsIn();
        await second.Reads("hola·en");
    }

    /// <summary>A silo that browsers reach over a cable only.</summary>
    public sealed class FarSilo : IAsyncLifetime
    {
        internal Network Cable { get; } = new();

        public SiloProcess Silo { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Silo = await SiloProcess.Start([.. SiloProcess.Scripted, "--Gateway:PublicUrl", Cable.Address.GetLeftPart(UriPartial.Authority)]);
            Cable.Gateway = Silo.Address;
        }

        public async ValueTask DisposeAsync()
        {
            await Cable.DisposeAsync();
            await Silo.DisposeAsync();
        }
    }

    static async Task<IReadOnlyList<string>> Lines(Visitor visitor, string speaker) =>
        await visitor[$"#captions li[data-speaker={speaker}] .text-line"].AllTextContentsAsync();
}
