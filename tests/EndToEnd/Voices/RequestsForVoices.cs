using System.Text.Json;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Voices;

/// <summary>Requests that can't be done are answered with a name and what to do.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class RequestsForVoices(ScriptedSilo scripted)
{
    [Theory]
    [InlineData("""{"voice":"stock-mine","person":"ana","gender":"female"}""", "bad-voice")]
    [InlineData("""{"voice":"a/b","person":"ana","gender":"female"}""", "bad-voice")]
    [InlineData("""{"voice":"a+warm","person":"ana","gender":"female"}""", "bad-voice")]
    [InlineData("""{"voice":"mine","person":"a b","gender":"female"}""", "bad-person")]
    [InlineData("""{"voice":"mine","person":"ana","gender":"alto"}""", "bad-gender")]
    public async Task A_profile_that_can_not_be_is_named(string body, string title)
    {
        var (status, problem) = await scripted.Silo.Address.Send(HttpMethod.Post, "/v1/voices", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal((400, title), (status, problem.GetProperty("title").GetString()));
    }

    [Fact]
    public async Task Without_a_cloner_everything_else_works_and_cloning_says_which_setting()
    {
        var voice = new VoiceOverRest(scripted.Silo, "no-cloner");
        await voice.Create();
        await voice.Consent();
        Assert.Equal(200, (await voice.Sample()).Status);

        var (status, problem) = await voice.Clone();

        Assert.Equal((501, "no-cloner"), (status, problem.GetProperty("title").GetString()));
        Assert.Contains("Engines:Cloner", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_that_is_unfit_or_too_large_is_told_why()
    {
        var voice = new VoiceOverRest(scripted.Silo, "unfit");
        await voice.Create();
        await voice.Consent();

        var (unfit, flaws) = await voice.Sample(VoiceOverRest.Hum(20, 16_000));
        var (tooLarge, large) = await voice.Sample(new byte[(12 * 1024 * 1024) + 1]);

        Assert.Equal((422, "sample-too-short"), (unfit, flaws.GetProperty("flaws")[0].GetProperty("code").GetString()));
        Assert.Equal((413, "recording-too-large"), (tooLarge, large.GetProperty("title").GetString()));
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_named()
    {
        var voice = new VoiceOverRest(scripted.Silo, "no-form");
        await voice.Create();

        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var broken = new StringContent("--x\r\nno form");
        broken.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        var (wrongType, _) = await scripted.Silo.Address.Send(HttpMethod.Post, voice.Path + "/consent", json);
        var (status, problem) = await scripted.Silo.Address.Send(HttpMethod.Post, voice.Path + "/consent", broken);

        Assert.Equal(415, wrongType);
        Assert.Equal((400, "bad-form"), (status, problem.GetProperty("title").GetString()));
    }

    [Fact]
    public async Task Voices_are_listed_by_name_until_they_are_deleted()
    {
        await new VoiceOverRest(scripted.Silo, "list-b").Create();
        await new VoiceOverRest(scripted.Silo, "list-a").Create();
        await new VoiceOverRest(scripted.Silo, "list-c").Create();
        Assert.Equal(202, (await new VoiceOverRest(scripted.Silo, "list-c").Delete()).Status);

        var (_, list) = await scripted.Silo.Address.Get("/v1/voices?take=100");

        var names = list.GetProperty("voices").EnumerateArray().Select(static voice => voice.GetProperty("voice").GetString()!).Where(static name => name.StartsWith("list-", StringComparison.Ordinal));
        Assert.Equal(["list-a", "list-b"], names);
        Assert.Equal(409, (await new VoiceOverRest(scripted.Silo, "list-a").Create()).Status);
        Assert.Equal("voice-deleted", (await new VoiceOverRest(scripted.Silo, "list-c").Create()).Body.GetProperty("title").GetString());
    }

    [Fact]
    public async Task Nobody_without_a_key_gets_near_a_voice()
    {
        var voice = new VoiceOverRest(scripted.Silo, "no-key", key: "wrong");

        (int Status, JsonElement)[] answers = [await voice.Create(), await voice.Consent(), await voice.Sample(), await voice.Clone(), await voice.Revoke(), await voice.Delete(), await voice.Get()];

        Assert.All(answers, static answer => Assert.Equal(401, answer.Status));
    }

    [Fact]
    public async Task The_description_of_the_interface_knows_voices()
    {
        var text = await scripted.Silo.Address.GetText("/openapi/v1.json");

        Assert.All(["/v1/voices/{voice}/consent", "/v1/voices/{voice}/samples", "/v1/voices/{voice}/clone", "/v1/voices/{voice}/revoke", "multipart/form-data", "audio/wav"],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_setting_is_named_at_start()
    {
        var (code, output) = await SiloProcess.Run([.. SiloProcess.Scripted, "--Engines:Cloner", "nobody"]);

        Assert.Equal(1, code);
        Assert.Contains("Engines:Cloner: there is no engine 'nobody'", output, StringComparison.Ordinal);
    }
}
