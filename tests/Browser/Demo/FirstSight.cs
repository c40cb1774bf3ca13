using Microsoft.Playwright;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Browser.Demo;

/// <summary>What a newcomer sees who opens the address that <c>./voicegrains up</c> prints.</summary>
public sealed class FirstSight(Chromium chromium) : IAsyncLifetime
{
    SiloProcess _silo = null!;

    public async ValueTask InitializeAsync() => _silo = await SiloProcess.Start(["--Gateway:Demo", "true", .. SiloProcess.Scripted]);

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Theory]
    [InlineData("laptop", false)]
    [InlineData("phone", true)]
    public async Task A_call_is_going_on_with_captions_in_both_languages(string name, bool isDark)
    {
        var look = name == "phone" ? Look.Phone : Look.Laptop;
        await using var visitor = await chromium.Open(_silo.Address, isDark ? look.Dark : look);

        await Assertions.Expect(visitor["#left li .text"].First).Not.ToBeEmptyAsync();
        await Assertions.Expect(visitor["#right li .text"].First).Not.ToBeEmptyAsync();

        await visitor.AssertAllIsWell();
    }
}
