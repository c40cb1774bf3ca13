using System.Net;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Ops;

/// <summary>What needs a process of its own: wrong tokens are counted, and settings are read at start.</summary>
public sealed class DoorsOfTheirOwn
{
    [Fact]
    public async Task Who_guesses_the_token_is_made_to_wait_and_a_session_that_is_there_goes_on()
    {
        await using var silo = await SiloProcess.Start(SiloProcess.Scripted);
        using var somebody = Operator.Nobody(silo.Address);
        var cookie = await somebody.SignIn();

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 7; i++)
        {
            using var answer = await somebody.Send(HttpMethod.Get, "/ops/api/session", null, ("Authorization", $"Bearer wrong-token-number-{i}-of-some"));
            answers.Add(answer.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 5), HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], answers);
        using var form = new FormUrlEncodedContent([new("token", "another-wrong-token-of-some")]);
        using var page = await somebody.Send(HttpMethod.Post, "/ops/login", form, ("Origin", somebody.Origin));
        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        // Who has the token is let in all the same: they may share the address with whoever guesses.
        using var right = await somebody.Send(HttpMethod.Get, "/ops/api/session", null, ("Authorization", $"Bearer {SiloProcess.OpsToken}"));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        using var session = await somebody.Send(HttpMethod.Get, "/ops/api/session", null, ("Cookie", cookie));
        Assert.Equal(HttpStatusCode.OK, session.StatusCode);
        // Neither the wrong ones nor the right one.
        Assert.DoesNotContain(silo.Output, static line => line.Contains("wrong-token-number", StringComparison.Ordinal) || line.Contains(SiloProcess.OpsToken, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_token_in_the_settings_there_is_no_such_place_and_the_log_says_how_to_get_it()
    {
        await using var silo = await SiloProcess.Start([.. SiloProcess.Scripted, "--Ops:Token", ""]);
        using var somebody = new Operator(silo.Address);

        foreach (var path in (string[])["/ops", "/ops/", "/ops/login", "/ops/app.js", "/ops/api/session", "/ops/stream?view=cluster"])
        {
            using var answer = await somebody.Send(HttpMethod.Get, path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Contains(silo.Output, static line => line.Contains("set Ops:Token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_is_too_short_keeps_the_process_from_starting()
    {
        var (code, output) = await SiloProcess.Run([.. SiloProcess.Scripted, "--Ops:Token", "short"]);

        Assert.Equal(1, code);
        Assert.Contains("Ops:Token must have", output, StringComparison.Ordinal);
    }
}
