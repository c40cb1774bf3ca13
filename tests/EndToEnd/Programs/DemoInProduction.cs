using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Programs;

/// <summary>Where no demo runs nothing of it is there, and pages are served with the headers that protect them.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class DemoInProduction(ScriptedSilo scripted)
{
    [Theory]
    [InlineData("GET", "/demo")]
    [InlineData("GET", "/demo/")]
    [InlineData("GET", "/demo/index.html")]
    [InlineData("GET", "/demo/demo.js")]
    [InlineData("POST", "/demo/tickets")]
    [InlineData("POST", "/demo/kill")]
    public async Task Nothing_answers(string method, string path)
    {
        using var body = new StringContent("""{"call":"local-k3v9x2m4q7ab"}""", System.Text.Encoding.UTF8, "application/json");

        var (status, _) = await scripted.Silo.Address.Send(new HttpMethod(method), path, method == "POST" ? body : null);

        Assert.Equal(404, status);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/join")]
    [InlineData("/voicegrains.js")]
    [InlineData("/v1/ticket")]
    [InlineData("/no/such/page")]
    public async Task What_is_served_may_run_nothing_foreign(string path)
    {
        using var http = new HttpClient();

        using var response = await http.GetAsync(new Uri(scripted.Silo.Address, path));

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }
}
