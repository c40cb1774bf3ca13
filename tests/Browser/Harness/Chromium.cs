using Microsoft.Playwright;
using VoiceGrains.Tests.Support;

[assembly: AssemblyFixture(typeof(VoiceGrains.Tests.Browser.Harness.Chromium))]

namespace VoiceGrains.Tests.Browser.Harness;

/// <summary>Debian's chromium, one process for each kind of microphone, shared by all tests; each page has cookies and storage of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // Those of pages; the processes behind them have limits of their own.
    const int Limit = 30_000;

    readonly Dictionary<string, IBrowser> _browsers = [];
    IPlaywright _playwright = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Limit);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers.Values)
            await browser.DisposeAsync();
        _playwright.Dispose();
    }

    /// <summary>Opens an address as somebody would who sees and hears so. Without a microphone: one that beeps.</summary>
    internal async Task<Visitor> Open(Uri address, Look? look = null, Microphone? microphone = null)
    {
        var visitor = await Begin(look, microphone);
        await visitor.Page.GotoAsync(address.ToString());
        return visitor;
    }

    /// <summary>An empty page, for tests that prepare something before the address is opened.</summary>
    internal async Task<Visitor> Begin(Look? look = null, Microphone? microphone = null)
    {
        look ??= Look.Laptop;
        microphone ??= Microphone.Beeping;
        var browser = await Browser(microphone);
        var context = await browser.NewContextAsync(microphone.Permissions(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height },
            ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            AcceptDownloads = true,
        }));
        context.SetDefaultTimeout(Limit);
        return new Visitor(await context.NewPageAsync(), look);
    }

    async Task<IBrowser> Browser(Microphone microphone)
    {
        if (!_browsers.TryGetValue(microphone.Flags, out var browser))
        {
            _browsers[microphone.Flags] = browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = "/usr/bin/chromium",
                // As root chromium needs no-sandbox.
                Args = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", .. microphone.Arguments],
            });
        }

        return browser;
    }
}
