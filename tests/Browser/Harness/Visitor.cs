using System.Collections.Concurrent;
using Microsoft.Playwright;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Browser.Harness;

/// <summary>Somebody with a page open, and what went wrong on it.</summary>
sealed class Visitor : IAsyncDisposable
{
    readonly ConcurrentQueue<string> _problems = new();
    readonly Look _look;

    public Visitor(IPage page, Look look)
    {
        (Page, _look) = (page, look);
        page.PageError += (_, error) => _problems.Enqueue(error);
        page.Console += (_, message) =>
        {
            // A socket that is cut, or refused, is told there too: what the page makes of that is what tests look at.
            if (message.Type == "error" && !message.Text.Contains("WebSocket connection", StringComparison.Ordinal))
                _problems.Enqueue(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, and what the browser refused, for example for the policy of the page.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    public ILocator this[string selector] => Page.Locator(selector);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Waits until an element shows a text.</summary>
    public Task Sees(string selector, string text) => Assertions.Expect(Page.Locator(selector).Filter(new() { HasText = text }).First).ToBeVisibleAsync();

    /// <summary>To be looked at by people; no test compares pixels.</summary>
    public async Task Picture(string name) =>
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.File(".run", "screenshots", $"{name}-{_look}.png") });

    /// <summary>Nothing is wider than the screen, and nothing went wrong.</summary>
    public async Task AssertAllIsWell()
    {
        var width = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(width <= _look.Width, $"The page is {width} wide, the screen {_look.Width}.");
        Assert.Empty(_problems);
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
