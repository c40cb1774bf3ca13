using VoiceGrains.Gateway;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>Which file an address shows, and that the demo is none where it does not run.</summary>
public sealed class PagesByAddress
{
    [Theory]
    [InlineData("/", true, "/demo/index.html")]
    [InlineData("/", false, "/join.html")]
    [InlineData("/join", true, "/join.html")]
    [InlineData("/join", false, "/join.html")]
    [InlineData("/demo/demo.js", true, "/demo/demo.js")]
    [InlineData("/demo/demo.js", false, "/no-such-file")]
    [InlineData("/Demo/demo.js", false, "/no-such-file")]
    [InlineData("/demo/", false, "/no-such-file")]
    [InlineData("//demo/demo.js", false, "/no-such-file")]
    [InlineData("/voicegrains.js", false, "/voicegrains.js")]
    public void An_address_is_a_file(string address, bool hasDemo, string expected) => Assert.Equal(expected, Pages.FileOf(address, hasDemo).Value);
}
