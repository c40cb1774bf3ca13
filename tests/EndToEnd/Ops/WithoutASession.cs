using System.Net;
using VoiceGrains.Gateway.Ops;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Ops;

/// <summary>Nothing of <c>/ops</c> answers to whoever has not shown the token, and nothing is changed by a page of somebody else.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class WithoutASession(ScriptedSilo scripted)
{
    /// <summary>Every address there is, and ways around it.</summary>
    public static TheoryData<string, string> Places => new()
    {
        { "GET", "/ops" },
        { "GET", "/ops/" },
        { "GET", "/ops/index.html" },
        { "GET", "/ops/app.js" },
        { "GET", "/OPS/app.js" },
        { "GET", "//ops/app.js" },
        { "GET", "/ops//app.js" },
        { "GET", "/%6fps/app.js" },
        { "GET", "/x/../ops/app.js" },
        { "GET", "/ops/ops.css" },
        { "GET", "/ops/nothing-like-it" },
        { "GET", "/ops/orleans" },
        { "GET", "/ops/stream?view=cluster" },
        { "GET", "/ops/api/session" },
        { "GET", "/ops/api/cluster" },
        { "GET", "/ops/api/audit" },
        { "POST", "/ops/api/calls/local-aaaaaaaa/end" },
        { "POST", "/ops/api/calls/local-aaaaaaaa/participants/ana/disconnect" },
        { "POST", "/ops/api/calls/local-aaaaaaaa/participants/ana/move" },
        { "POST", "/ops/api/silos/silo-1/drain" },
        { "POST", "/ops/api/gateways/gateway-1/drain" },
        { "POST", "/ops/api/silos/silo-1/log-level" },
        { "POST", "/ops/api/gateways/gateway-1/log-level" },
        { "POST", "/ops/api/breakers" },
        { "POST", "/ops/logout" },
    };

    Uri Gateway => scripted.Silo.Address;

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Nothing_answers_without_a_token(string method, string path) => await AssertRefused(method, path);

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Nothing_answers_to_a_cookie_that_is_over(string method, string path)
    {
        var past = new ManualTime();
        var access = Access(past, SiloProcess.TicketKey);

        await AssertRefused(method, path, ("Cookie", $"{OpsGate.Cookie}={access.Sign(access.Begin())}"));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Nothing_answers_to_a_cookie_of_another_key(string method, string path)
    {
        var access = Access(TimeProvider.System, "another key of tickets, which is as long as it");

        await AssertRefused(method, path, ("Cookie", $"{OpsGate.Cookie}={access.Sign(access.Begin())}"));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task An_api_key_of_a_tenant_opens_nothing(string method, string path)
    {
        // With a door of its own: wrong tokens are counted.
        using var somebody = Operator.Nobody(Gateway);
        using var answer = await somebody.Send(new HttpMethod(method), path, null, ("Authorization", $"Basic {SiloProcess.ApiKey}"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_browser_is_led_to_the_page_to_sign_in_which_holds_nothing_but_that()
    {
        using var somebody = Operator.Nobody(Gateway);

        using var led = await somebody.Send(HttpMethod.Get, "/ops/", null, ("Accept", "text/html"));
        using var page = await somebody.Send(HttpMethod.Get, "/ops/login");

        Assert.Equal((HttpStatusCode.Redirect, "/ops/login"), (led.StatusCode, led.Headers.Location!.OriginalString));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("<script", await page.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_opens_and_is_kept_from_scripts_and_other_sites_and_holds_no_token()
    {
        using var somebody = Operator.Nobody(Gateway);
        using var form = new FormUrlEncodedContent([new("token", SiloProcess.OpsToken)]);

        using var signedIn = await somebody.Send(HttpMethod.Post, "/ops/login", form, ("Origin", somebody.Origin));

        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("path=/ops", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(SiloProcess.OpsToken, cookie, StringComparison.Ordinal);
        using var answer = await somebody.Send(HttpMethod.Get, "/ops/api/session", null, ("Cookie", cookie.Split(';')[0]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/ops/")]
    [InlineData("/ops/app.js")]
    [InlineData("/ops/api/session")]
    public async Task What_is_shown_is_kept_nowhere_and_may_be_put_into_no_other_page(string path)
    {
        using var somebody = new Operator(Gateway);

        using var answer = await somebody.Send(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        // With less, browsers would not name the origin of the form that signs in.
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("X-Nothing", "no origin at all")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_page_of_another_site_changes_nothing_with_the_operators_cookie(string header, string value)
    {
        await using var call = await TestCall.Open(scripted.Silo);
        using var somebody = Operator.Nobody(Gateway);
        var cookie = await somebody.SignIn();

        using var answer = await somebody.Send(HttpMethod.Post, $"/ops/api/calls/{call.Id}/end", null, ("Cookie", cookie), (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("open", (await call.Describe()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_page_of_another_site_does_not_even_sign_in()
    {
        using var somebody = Operator.Nobody(Gateway);
        using var form = new FormUrlEncodedContent([new("token", SiloProcess.OpsToken)]);

        using var answer = await somebody.Send(HttpMethod.Post, "/ops/login", form, ("Origin", "https://evil.example"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    static OpsAccess Access(TimeProvider time, string key) => new(new OpsOptions { Token = SiloProcess.OpsToken }, new TicketOptions { Key = key }, time);

    async Task AssertRefused(string method, string path, params (string, string)[] headers)
    {
        using var somebody = Operator.Nobody(Gateway);

        using var answer = await somebody.Send(new HttpMethod(method), path, null, [("Origin", somebody.Origin), .. headers]);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path} answered {answer.StatusCode}: {text}");
        Assert.Contains("ops-token-refused", text, StringComparison.Ordinal);
    }
}
