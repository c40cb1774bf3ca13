using System.Net;
using System.Net.Http.Headers;
using System.Text;
using VoiceGrains.Audio;
using VoiceGrains.Tests.Emulators.OpenAI;

namespace VoiceGrains.Tests.Engines.OpenAI;

/// <summary>Clients that break one rule each: the double refuses each as the vendor does, and notes it.</summary>
public sealed class WrongOpenAIClients : IAsyncLifetime
{
    const string Message = """[{"role":"user","content":"hi"}]""";
    const string Translation = """{"from":"en","to":"es","text":"the whole sentence"}""";

    readonly HttpClient _http = new();
    OpenAIEmulator _openAI = null!;

    public async ValueTask InitializeAsync() => _openAI = await OpenAIEmulator.Start();

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _openAI.DisposeAsync();
    }

    [Theory]
    [InlineData("Bearer", "sk-another", "the key is wrong")]
    [InlineData("Token", OpenAIEmulator.Key, "the key is not sent as Bearer")]
    public async Task A_wrong_key_is_refused(string scheme, string key, string rule)
    {
        using var answer = await Post("chat/completions", Json($$"""{"model":"gpt-4.1-mini","messages":{{Message}}}"""), new AuthenticationHeaderValue(scheme, key));

        AssertRefused(answer, HttpStatusCode.Unauthorized, rule);
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}]}""", 400, "lacks model")]
    [InlineData("""{"model":"davinci","messages":[{"role":"user","content":"hi"}]}""", 404, "model does not exist")]
    [InlineData("""{"model":"gpt-4.1-mini"}""", 400, "messages is no list")]
    [InlineData("""{"model":"gpt-4.1-mini","messages":[]}""", 400, "must speak last")]
    [InlineData("""{"model":"gpt-4.1-mini","messages":[{"role":"bot","content":"hi"}]}""", 400, "unknown role")]
    [InlineData("""{"model":"gpt-4.1-mini","messages":[{"role":"user","content":7}]}""", 400, "content is no list")]
    [InlineData("""{"model":"gpt-4.1-mini","messages":[{"role":"user","text":"hi"}]}""", 400, "unknown field text")]
    [InlineData("""{"model":"gpt-4.1-mini","prompt":"hi","messages":[{"role":"user","content":"hi"}]}""", 400, "unknown field prompt")]
    [InlineData("""{"model":"gpt-4.1-mini","stream":"yes","messages":[{"role":"user","content":"hi"}]}""", 400, "stream is no boolean")]
    [InlineData("""{"model":"gpt-4.1-mini","stream_options":{"include_usage":true},"messages":[{"role":"user","content":"hi"}]}""", 400, "stream_options without stream")]
    [InlineData("""{"model":"gpt-4.1-mini","temperature":3,"messages":[{"role":"user","content":"hi"}]}""", 400, "temperature is no number")]
    [InlineData("""{"model":"gpt-5-mini","temperature":0,"messages":[{"role":"user","content":"hi"}]}""", 400, "temperature for a model that takes none")]
    [InlineData("""{"model":"gpt-5-mini","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""", 400, "max_tokens for a model")]
    [InlineData("""{"model":"gpt-4.1-mini","messages":[""", 400, "is no JSON")]
    public async Task A_wrong_chat_is_refused(string body, int status, string rule)
    {
        using var answer = await Post("chat/completions", Json(body));

        AssertRefused(answer, (HttpStatusCode)status, rule);
    }

    [Theory]
    [InlineData("You translate. Translate: the whole sentence", Translation, "stands among the instructions")]
    [InlineData("You translate.", """{"from":"en","to":"es","text":"the whole sentence","note":"x"}""", "unknown field note")]
    [InlineData("You translate.", """{"from":"en","to":"es"}""", "lacks text")]
    [InlineData("You translate.", """{"from":"en","to":"spanish please","text":"x"}""", "names no languages")]
    [InlineData("You translate.", """{"from":"en","to":"es","text":"he said "no""}""", "is none")]
    public async Task A_translation_whose_text_is_not_in_its_place_is_refused(string system, string user, string rule)
    {
        var body = System.Text.Json.JsonSerializer.Serialize(new
        {
            model = "gpt-4.1-mini",
            messages = (object[])[new { role = "system", content = system }, new { role = "user", content = user }],
        });

        using var answer = await Post("chat/completions", Json(body));

        AssertRefused(answer, HttpStatusCode.BadRequest, rule);
    }

    [Theory]
    [InlineData("""{"model":"tts-9","input":"hi","voice":"nova","response_format":"pcm"}""", 404, "model does not exist")]
    [InlineData("""{"model":"tts-1","input":"","voice":"nova","response_format":"pcm"}""", 400, "1 to 4,096")]
    [InlineData("""{"model":"tts-1","input":"hi","voice":"bob","response_format":"pcm"}""", 400, "no such voice")]
    [InlineData("""{"model":"tts-1","input":"hi","voice":"nova","response_format":"pcm","speed":9}""", 400, "speed is no number")]
    [InlineData("""{"model":"tts-1","input":"hi","voice":"nova"}""", 400, "pcm only")]
    [InlineData("""{"model":"tts-1","input":"hi","voice":"nova","response_format":"pcm","stream_format":"sse"}""", 400, "stream format")]
    [InlineData("""{"model":"tts-1","text":"hi","voice":"nova","response_format":"pcm"}""", 400, "unknown field text")]
    public async Task A_wrong_speech_is_refused(string body, int status, string rule)
    {
        using var answer = await Post("audio/speech", Json(body));

        AssertRefused(answer, (HttpStatusCode)status, rule);
    }

    [Theory]
    [InlineData("""{"model":"none","input":"hi"}""", 404, "model does not exist")]
    [InlineData("""{"model":"text-embedding-3-small","input":""}""", 400, "texts that say something")]
    [InlineData("""{"model":"text-embedding-3-small","input":"hi","encoding_format":"hex"}""", 400, "no such encoding")]
    [InlineData("""{"model":"text-embedding-3-small","input":"hi","dimensions":9999}""", 400, "dimensions is no number")]
    [InlineData("""{"model":"text-embedding-ada-002","input":"hi","dimensions":10}""", 400, "one number of dimensions")]
    public async Task A_wrong_embedding_is_refused(string body, int status, string rule)
    {
        using var answer = await Post("embeddings", Json(body));

        AssertRefused(answer, (HttpStatusCode)status, rule);
    }

    [Theory]
    [InlineData("model", "whisper-9", 404, "model does not exist")]
    [InlineData("language", "english", 400, "ISO 639-1")]
    [InlineData("response_format", "srt", 400, "does not write this format")]
    [InlineData("timestamp_granularities[]", "word", 400, "times without verbose_json")]
    [InlineData("punctuate", "true", 400, "unknown field punctuate")]
    public async Task A_wrong_transcription_is_refused(string field, string value, int status, string rule)
    {
        using var form = Form("segment.wav", Wav());
        if (field != "model")
            form.Add(new StringContent("gpt-4o-mini-transcribe"), "model");
        form.Add(new StringContent(value), field);

        using var answer = await Post("audio/transcriptions", form);

        AssertRefused(answer, (HttpStatusCode)status, rule);
    }

    [Fact]
    public async Task Audio_that_is_none_is_refused()
    {
        using var form = Form("segment.wav", [1, 2, 3]);
        form.Add(new StringContent("whisper-1"), "model");

        using var answer = await Post("audio/transcriptions", form);

        AssertRefused(answer, HttpStatusCode.BadRequest, "can't be decoded");
    }

    [Fact]
    public async Task A_form_without_a_file_or_with_another_content_is_refused()
    {
        using var noFile = new MultipartFormDataContent { { new StringContent("whisper-1"), "model" } };
        using var first = await Post("audio/transcriptions", noFile);
        AssertRefused(first, HttpStatusCode.BadRequest, "no field file");

        using var second = await Post("audio/transcriptions", Json("{}"));
        AssertRefused(second, HttpStatusCode.BadRequest, "is no form", mistakes: 2);
    }

    [Fact]
    public async Task Json_that_is_not_called_so_and_unknown_addresses_are_refused()
    {
        using var first = await Post("chat/completions", new StringContent("{}", Encoding.UTF8, "text/plain"));
        AssertRefused(first, HttpStatusCode.BadRequest, "not said to be application/json");

        using var second = await Post("completions", Json("{}"));
        AssertRefused(second, HttpStatusCode.NotFound, "no such endpoint", mistakes: 2);
    }

    static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    static byte[] Wav()
    {
        using var wav = new MemoryStream();
        WavFile.Write(wav, 16_000, new byte[3_200]);
        return wav.ToArray();
    }

    static MultipartFormDataContent Form(string name, byte[] file) => new() { { new ByteArrayContent(file), "file", name } };

    async Task<HttpResponseMessage> Post(string path, HttpContent content, AuthenticationHeaderValue? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_openAI.Url}/{path}") { Content = content };
        request.Headers.Authorization = key ?? new AuthenticationHeaderValue("Bearer", OpenAIEmulator.Key);
        return await _http.SendAsync(request);
    }

    void AssertRefused(HttpResponseMessage answer, HttpStatusCode status, string rule, int mistakes = 1)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(mistakes, _openAI.Ledger.Mistakes.Count);
        Assert.Contains(rule, _openAI.Ledger.Mistakes.Last(), StringComparison.Ordinal);
    }
}
