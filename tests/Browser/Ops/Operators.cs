using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VoiceGrains.Tests.Browser.Ops;

/// <summary>Those who have the token.</summary>
static class Operators
{
    /// <summary>Signs in at the page, and sees live figures.</summary>
    public static async Task<Visitor> SignIn(Chromium chromium, Uri gateway, Look? look = null, string token = SiloProcess.OpsToken)
    {
        var visitor = await chromium.Open(new Uri(gateway, "/ops/"), look);
        await visitor.Page.FillAsync("#token", token);
        await visitor.Button("Sign in").ClickAsync();
        await Expect(visitor["#fresh"]).ToContainTextAsync("Live");
        return visitor;
    }
}
