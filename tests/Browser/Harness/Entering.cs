using Microsoft.Playwright;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Browser.Harness;

/// <summary>Into a call by its page, as people do.</summary>
static class Entering
{
    public static Uri Invitation(Uri gateway, string ticket) => new(gateway, $"/join#ticket={ticket}");

    /// <summary>Opens an invitation and waits for what can be chosen.</summary>
    public static async Task<Visitor> Arrive(this Chromium chromium, Uri gateway, TestCall call, string participant, string language, Look? look = null, Microphone? microphone = null)
    {
        var (_, ticket) = await call.Ticket(participant, language);
        var visitor = await chromium.Open(Invitation(gateway, ticket), look, microphone);
        await Assertions.Expect(visitor["#before"]).ToBeVisibleAsync();
        return visitor;
    }

    /// <summary>Opens an invitation and joins without a microphone.</summary>
    public static async Task<Visitor> Enter(this Chromium chromium, Uri gateway, TestCall call, string participant, string language, Look? look = null)
    {
        var visitor = await chromium.Arrive(gateway, call, participant, language, look);
        await visitor["#joinTyping"].ClickAsync();
        await visitor.IsIn();
        return visitor;
    }

    public static Task IsIn(this Visitor visitor) => Assertions.Expect(visitor["#call"]).ToBeVisibleAsync();

    public static async Task Say(this Visitor visitor, string text)
    {
        await visitor["#text"].FillAsync(text);
        await visitor["#text"].PressAsync("Enter");
    }

    /// <summary>Waits until a line of the captions is wholly this.</summary>
    public static Task Reads(this Visitor visitor, string text) =>
        Assertions.Expect(visitor["#captions .text-line"].GetByText(text, new() { Exact = true }).First).ToBeVisibleAsync();

    /// <summary>Opens a part of the page that is closed on small screens.</summary>
    public static async Task Unfold(this Visitor visitor, string details)
    {
        if (await visitor[$"{details}:not([open]) > summary"].CountAsync() > 0)
            await visitor[$"{details} > summary"].ClickAsync();
    }
}
