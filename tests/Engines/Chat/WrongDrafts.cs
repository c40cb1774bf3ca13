using System.Text;
using System.Text.Json;
using VoiceGrains.Tests.Emulators.Anthropic;
using VoiceGrains.Tests.Emulators.OpenAI;

namespace VoiceGrains.Tests.Engines.Chat;

/// <summary>Drafts that break one rule each: both doubles refuse each, and note it.</summary>
public sealed class WrongDrafts : IAsyncLifetime
{
    const string Right = """{"from":"en","to":"es","words":["1:so","2:the"],"admitted":1}""";

    readonly HttpClient _http = new();
    OpenAIEmulator _openAI = null!;
    AnthropicEmulator _anthropic = null!;

    public async ValueTask InitializeAsync() => (_openAI, _anthropic) = (await OpenAIEmulator.Start(), await AnthropicEmulator.Start());

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _openAI.DisposeAsync();
        await _anthropic.DisposeAsync();
    }

    [Theory]
    [InlineData(Right)]
    [InlineData("""{"from":"en","to":"es","words":["1:so"],"admitted":0,"whole":false,"begun":"x","committed":"y","formality":"formal","glossary":[],"dialogue":[]}""")]
    public async Task A_right_one_is_answered(string draft)
    {
        Assert.Equal((200, 200), await Ask("You interpret.", draft));
        Assert.Equal((1, 1), (_openAI.Drafts.Count, _anthropic.Drafts.Count));
        Assert.Empty(_openAI.Ledger.Mistakes.Concat(_anthropic.Ledger.Mistakes));
    }

    [Theory]
    [InlineData("""{"from":"en","to":"es","words":["1:so"],"admitted":1,"text":"so"}""", "unknown field text")]
    [InlineData("""{"from":"en","to":"es","words":["1:so"],"admitted":1,"note":1}""", "unknown field note")]
    [InlineData("""{"to":"es","words":["1:so"],"admitted":1}""", "lacks from")]
    [InlineData("""{"from":"en","to":"Spanish please","words":["1:so"],"admitted":1}""", "names no languages")]
    [InlineData("""{"from":"en","to":"es","words":"1:so","admitted":1}""", "words is no list")]
    [InlineData("""{"from":"en","to":"es","words":[],"admitted":0}""", "no words")]
    [InlineData("""{"from":"en","to":"es","words":["so"],"admitted":1}""", "its number before it")]
    [InlineData("""{"from":"en","to":"es","words":["0:so"],"admitted":1}""", "its number before it")]
    [InlineData("""{"from":"en","to":"es","words":["1:so","1:the"],"admitted":1}""", "its number before it")]
    [InlineData("""{"from":"en","to":"es","words":[7],"admitted":1}""", "its number before it")]
    [InlineData("""{"from":"en","to":"es","words":["1:"],"admitted":1}""", "a word is none")]
    [InlineData("""{"from":"en","to":"es","words":["1:so the"],"admitted":1}""", "a word is none")]
    [InlineData("""{"from":"en","to":"es","words":["1:so"]}""", "lacks admitted")]
    [InlineData("""{"from":"en","to":"es","words":["1:so"],"admitted":2}""", "admitted is no number")]
    [InlineData("""{"from":"en","to":"es","words":["1:so"],"admitted":-1}""", "admitted is no number")]
    [InlineData("""{"from":"en","to":"es","words":["1:so"],"admitted":0.5}""", "admitted is no number")]
    [InlineData("""{"from":"en","to":"es","words":["1:so"],"admitted":"1"}""", "admitted is no number")]
    [InlineData("""{"from":"en","to":"es","words":["1:so"],"admitted":1,"whole":"yes"}""", "whole is no boolean")]
    [InlineData("""{"from":"en","to":"es","words":["1:so"],"admitted":1,"begun":["x"]}""", "begun is no text")]
    [InlineData("""{"from":"en","to":"es","words":["1:so"],"admitted":1,"formality":"rude"}""", "unknown formality")]
    [InlineData("""{"from":"en","to":"es","words":["1:so"],"admitted":1,"glossary":[{"source":"a"}]}""", "lacks target")]
    public async Task A_wrong_one_is_refused(string draft, string rule)
    {
        Assert.Equal((400, 400), await Ask("You interpret.", draft));
        AssertNoted(rule);
    }

    [Fact]
    public async Task Words_among_the_instructions_are_refused()
    {
        Assert.Equal((400, 400), await Ask("Interpret: so the meeting moves", """{"from":"en","to":"es","words":["1:so","2:the","3:meeting"],"admitted":1}"""));
        AssertNoted("stands among the instructions");
    }

    [Fact]
    public async Task Anything_but_instructions_and_one_object_is_refused()
    {
        Assert.Equal((400, 400), await Ask("You interpret.", Right, before: "hello"));
        AssertNoted("instructions and one object");
    }

    void AssertNoted(string rule)
    {
        Assert.Contains(rule, Assert.Single(_openAI.Ledger.Mistakes), StringComparison.Ordinal);
        Assert.Contains(rule, Assert.Single(_anthropic.Ledger.Mistakes), StringComparison.Ordinal);
        Assert.Empty(_openAI.Drafts.Concat(_anthropic.Drafts));
    }

    async Task<(int OpenAI, int Anthropic)> Ask(string instructions, string draft, string? before = null)
    {
        object[] user = [.. (before is null ? [] : new object[] { new { role = "user", content = before } }), new { role = "user", content = draft }];
        var openAI = await Post(new Uri(_openAI.Url + "/chat/completions"), new { model = "gpt-4.1-mini", messages = (object[])[new { role = "system", content = instructions }, .. user] }, OpenAIEmulator.Key);
        return (openAI, await Post(new Uri(_anthropic.Url, "v1/messages"), new { model = "claude-haiku-4-5", max_tokens = 99, system = instructions, messages = user }, AnthropicEmulator.Key));
    }

    async Task<int> Post(Uri address, object body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        request.Headers.Add("Authorization", $"Bearer {key}");
        request.Headers.Add("anthropic-version", AnthropicEmulator.NewVersion);
        using var answer = await _http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
