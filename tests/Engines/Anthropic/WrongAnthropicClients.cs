using System.Net;
using System.Text;
using VoiceGrains.Tests.Emulators.Anthropic;

namespace VoiceGrains.Tests.Engines.Anthropic;

/// <summary>Clients that break one rule each: the double refuses each as the vendor does, and notes it. Both ways to send the key and both versions are right.</summary>
public sealed class WrongAnthropicClients : IAsyncLifetime
{
    const string Right = """{"model":"claude-haiku-4-5","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""";
    const string Warm = """{"model":"claude-haiku-4-5","max_tokens":9,"temperature":0.5,"messages":[{"role":"user","content":"hi"}]}""";

    readonly HttpClient _http = new();
    AnthropicEmulator _anthropic = null!;

    public async ValueTask InitializeAsync() => _anthropic = await AnthropicEmulator.Start();

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _anthropic.DisposeAsync();
    }

    [Theory]
    [InlineData("x-api-key", AnthropicEmulator.Key, "2023-06-01", Right)]
    [InlineData("x-api-key", AnthropicEmulator.Key, "2023-06-01", Warm)]
    [InlineData("x-api-key", AnthropicEmulator.Key, "2026-10-21", Right)]
    [InlineData("Authorization", "Bearer " + AnthropicEmulator.Key, "2023-06-01", Right)]
    [InlineData("Authorization", "Bearer " + AnthropicEmulator.Key, "2026-10-21", Right)]
    public async Task A_right_client_is_answered(string header, string key, string version, string body)
    {
        using var answer = await Post(body, header, key, version);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(_anthropic.Ledger.Mistakes);
    }

    [Theory]
    [InlineData("x-api-key", "sk-another", "2023-06-01", 401, "the key is wrong")]
    [InlineData("Authorization", "Token " + AnthropicEmulator.Key, "2023-06-01", 401, "no key was sent")]
    [InlineData("x-api-key", AnthropicEmulator.Key, null, 400, "anthropic-version is missing")]
    [InlineData("x-api-key", AnthropicEmulator.Key, "2024-01-01", 400, "anthropic-version is unknown")]
    public async Task Wrong_headers_are_refused(string header, string key, string? version, int status, string rule)
    {
        using var answer = await Post(Right, header, key, version);

        AssertRefused(answer, (HttpStatusCode)status, rule);
    }

    [Theory]
    [InlineData(Warm, 400, "temperature, top_p and top_k")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"top_p":1,"messages":[{"role":"user","content":"hi"}]}""", 400, "temperature, top_p and top_k")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"top_k":1,"messages":[{"role":"user","content":"hi"}]}""", 400, "temperature, top_p and top_k")]
    [InlineData("""{"model":"claude-haiku-4-5","messages":[{"role":"user","content":"hi"}]}""", 400, "max_tokens is missing")]
    [InlineData("""{"model":"gpt-4","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""", 404, "model does not exist")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"messages":[{"role":"system","content":"hi"}]}""", 400, "unknown role")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"messages":[{"role":"user","content":""}]}""", 400, "a message is empty")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"messages":[{"role":"assistant","content":"hi"}]}""", 400, "must speak last")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"stream_options":{},"messages":[{"role":"user","content":"hi"}]}""", 400, "unknown field stream_options")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"messages":[{"role":"user","content":"{\"from\":\"en\",\"to\":\"es\"}"}]}""", 400, "lacks text")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"system":"say: the whole sentence","messages":[{"role":"user","content":"{\"from\":\"en\",\"to\":\"es\",\"text\":\"the whole sentence\"}"}]}""", 400, "stands among the instructions")]
    [InlineData("{", 400, "is no JSON")]
    public async Task A_wrong_message_is_refused(string body, int status, string rule)
    {
        using var answer = await Post(body, "x-api-key", AnthropicEmulator.Key, AnthropicEmulator.NewVersion);

        AssertRefused(answer, (HttpStatusCode)status, rule);
    }

    [Fact]
    public async Task An_unknown_address_is_refused()
    {
        using var answer = await _http.PostAsync(new Uri(_anthropic.Url, "v1/complete"), new StringContent("{}"));

        AssertRefused(answer, HttpStatusCode.NotFound, "no such endpoint");
    }

    async Task<HttpResponseMessage> Post(string body, string header, string key, string? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_anthropic.Url, "v1/messages")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(header, key);
        if (version is not null)
            request.Headers.Add("anthropic-version", version);
        return await _http.SendAsync(request);
    }

    void AssertRefused(HttpResponseMessage answer, HttpStatusCode status, string rule)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(rule, Assert.Single(_anthropic.Ledger.Mistakes), StringComparison.Ordinal);
    }
}
