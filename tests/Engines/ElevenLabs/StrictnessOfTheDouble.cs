using System.Net;
using System.Net.WebSockets;
using VoiceGrains.Tests.Emulators.ElevenLabs;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.ElevenLabs;

/// <summary>Each strict rule of the double, proved by a client that breaks it.</summary>
public sealed class StrictnessOfTheDouble : IAsyncLifetime
{
    const string Right = "model_id=eleven_flash_v2_5&output_format=pcm_16000";
    const string Begin = "{'text':' ','context_id':'a','voice_settings':{'speed':1.0}}";
    const string Say = "{'text':'eins zwei ','context_id':'a','flush':true}";
    const string Close = "{'context_id':'a','close_context':true}";

    readonly ManualTime _time = new();
    ElevenLabsEmulator _vendor = null!;

    public async ValueTask InitializeAsync() => _vendor = await ElevenLabsEmulator.Start(_time);

    public ValueTask DisposeAsync() => _vendor.DisposeAsync();

    [Fact]
    public async Task A_right_client_is_heard()
    {
        using var client = await RawSpeaker.Connect(_vendor);
        await client.Say(Begin, Say);
        await client.Read(static client => client.Words.Count > 0);
        await client.Say(Close);
        await client.Read(static client => client.Ended.Count > 0);
        await client.Say("{'close_socket':true}");

        Assert.Equal(1000, await client.Read());
        Assert.Equal(["eins", "zwei"], client.Words);
        Assert.Empty(_vendor.Ledger.Mistakes);
    }

    [Theory]
    [InlineData("late voice_settings", "invalid_input_message", Begin, "{'text':'eins ','context_id':'a','voice_settings':{'speed':1.1}}")]
    [InlineData("late voice_settings", "invalid_input_message", "{'text':'eins ','context_id':'a'}", Begin)]
    [InlineData("context begun without text", "invalid_input_message", "{'text':'','context_id':'a'}", Begin)]
    [InlineData("unknown field volume", "invalid_input_message", "{'text':'eins ','context_id':'a','volume':11}")]
    [InlineData("unknown voice setting pitch", "invalid_input_message", "{'text':' ','context_id':'a','voice_settings':{'pitch':1}}")]
    [InlineData("speed is 0.7 to 1.2", "invalid_input_message", "{'text':' ','context_id':'a','voice_settings':{'speed':2}}")]
    [InlineData("a voice setting is 0 to 1", "invalid_input_message", "{'text':' ','context_id':'a','voice_settings':{'stability':7}}")]
    [InlineData("a length in chunk_length_schedule is 50 to 500", "invalid_input_message", "{'text':' ','context_id':'a','generation_config':{'chunk_length_schedule':[5]}}")]
    [InlineData("a message is not JSON of the documented shape", "invalid_input_message", "{'text':")]
    [InlineData("a message is a JSON object in a text frame", "invalid_input_message", "[]")]
    [InlineData("text for a closed context", "invalid_input_message", Begin, Say, Close, "{'text':'drei ','context_id':'a'}")]
    public async Task A_wrong_message_is_refused_and_noted(string rule, string error, params string[] messages)
    {
        // The closing of a context takes time, which stands still here.
        _vendor.Script = new ElevenLabsScript { ReleaseDelay = TimeSpan.FromSeconds(1) };
        using var client = await RawSpeaker.Connect(_vendor);
        await client.Say(messages);

        Assert.Equal(1008, await client.Read());
        Assert.Equal(error, client.Error);
        Assert.Equal(rule, _vendor.Ledger.Mistakes.First());
    }

    [Fact]
    public async Task Audio_or_anything_else_in_a_binary_frame_is_refused()
    {
        using var client = await RawSpeaker.Connect(_vendor);
        await client.SayBinary([1, 2, 3]);

        Assert.Equal(1008, await client.Read());
        Assert.Single(_vendor.Ledger.Mistakes);
    }

    [Fact]
    public async Task A_sixth_context_kills_all_others()
    {
        using var client = await RawSpeaker.Connect(_vendor);
        foreach (var context in "abcdef")
            await client.Say(Begin.Replace("'a'", $"'{context}'", StringComparison.Ordinal));

        Assert.Equal(1008, await client.Read());
        Assert.Equal("max_active_conversations", client.Error);
        Assert.Equal(["sixth context"], _vendor.Ledger.Mistakes);
        Assert.Equal(5, _vendor.Ledger.Peak("context"));
    }

    [Fact]
    public async Task A_context_that_was_closed_counts_until_its_final_message()
    {
        _vendor.Script = new ElevenLabsScript { ReleaseDelay = TimeSpan.FromSeconds(1) };
        using var client = await RawSpeaker.Connect(_vendor);
        foreach (var context in "abcdef")
            await client.Say(Begin.Replace("'a'", $"'{context}'", StringComparison.Ordinal), Close.Replace("'a'", $"'{context}'", StringComparison.Ordinal));

        Assert.Equal(1008, await client.Read());
        Assert.Equal("max_active_conversations", client.Error);
    }

    [Fact]
    public async Task Without_a_flush_nothing_is_spoken_below_the_threshold()
    {
        using var client = await RawSpeaker.Connect(_vendor);
        await client.Say(Begin, "{'text':'eins zwei ','context_id':'a'}", Close);
        await client.Read(static client => client.Ended.Count > 0);

        Assert.Empty(client.Words);
        Assert.Equal(1, _vendor.Ledger.CountOf("context closed before its first sound"));
    }

    [Fact]
    public async Task Without_a_flush_the_threshold_of_the_schedule_speaks()
    {
        using var client = await RawSpeaker.Connect(_vendor);
        var words = string.Join(' ', Enumerable.Repeat("wort", 11)) + " ";
        await client.Say("{'text':' ','context_id':'a','generation_config':{'chunk_length_schedule':[50]}}", $"{{'text':'{words}','context_id':'a'}}");
        await client.Read(static client => client.Words.Count == 11);

        Assert.Empty(_vendor.Ledger.Mistakes);
    }

    [Fact]
    public async Task In_auto_mode_each_text_is_spoken_at_once()
    {
        using var client = await RawSpeaker.Connect(_vendor, Right + "&auto_mode=true");
        await client.Say(Begin, "{'text':'eins ','context_id':'a'}");
        await client.Read(static client => client.Words.Count == 1);

        Assert.Equal(0, _vendor.Ledger.CountOf("flush"));
    }

    [Fact]
    public async Task A_context_that_is_closed_before_its_first_sound_stays_silent()
    {
        _vendor.Script = new ElevenLabsScript { FirstByteDelay = TimeSpan.FromSeconds(1) };
        using var client = await RawSpeaker.Connect(_vendor);
        await client.Say(Begin, Say, Close);
        await client.Read(static client => client.Ended.Count > 0);

        Assert.Empty(client.Words);
        Assert.Equal(1, _vendor.Ledger.CountOf("context closed before its first sound"));
    }

    [Fact]
    public async Task Text_without_a_space_at_its_end_is_glued_to_the_next()
    {
        using var client = await RawSpeaker.Connect(_vendor);
        await client.Say(Begin, "{'text':'eins','context_id':'a'}", "{'text':'zwei','context_id':'a','flush':true}");
        await client.Read(static client => client.Words.Count > 0);

        Assert.Equal(["einszwei"], client.Words);
    }

    [Fact]
    public async Task A_flush_for_a_name_that_nobody_knows_makes_a_context()
    {
        using var client = await RawSpeaker.Connect(_vendor);
        await client.Say("{'context_id':'ghost','flush':true}");

        await Until.True("it counts", () => _vendor.Ledger.OpenNow("context") == 1);
        Assert.Equal(["context begun without text"], _vendor.Ledger.Mistakes);
    }

    [Fact]
    public async Task A_context_without_a_keep_alive_ends_the_socket()
    {
        using var client = await RawSpeaker.Connect(_vendor, Right + "&inactivity_timeout=30");
        await client.Say(Begin);
        await Until.True("the context is begun", () => _vendor.Ledger.CountOf("context") == 1);

        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(1008, await client.Read());
        Assert.Equal("input_timeout_exceeded", client.Error);
    }

    [Fact]
    public async Task More_sockets_that_generate_than_the_plan_has_are_refused_and_silent_ones_do_not_count()
    {
        _vendor.Account.Concurrency = 1;
        _vendor.Script = new ElevenLabsScript { FirstByteDelay = TimeSpan.FromSeconds(1) };
        using var first = await RawSpeaker.Connect(_vendor);
        using var second = await RawSpeaker.Connect(_vendor);
        await first.Say(Begin, Say);
        await second.Say(Begin);
        await Until.True("the first generates", () => _vendor.Account.Generating == 1);

        await second.Say(Say);

        Assert.Equal(1008, await second.Read());
        Assert.Equal("too_many_concurrent_requests", second.Error);
    }

    [Fact]
    public async Task A_key_may_come_in_the_first_message_and_must_be_right_there_too()
    {
        using var right = await RawSpeaker.Connect(_vendor, key: null);
        await right.Say($"{{'text':'eins ','context_id':'a','flush':true,'xi_api_key':'{ElevenLabsEmulator.Key}'}}");
        await right.Read(static client => client.Words.Count > 0);
        using var wrong = await RawSpeaker.Connect(_vendor, key: null);
        await wrong.Say("{'text':'eins ','context_id':'a','flush':true,'xi_api_key':'wrong'}");

        Assert.Equal(1008, await wrong.Read());
        Assert.Equal("invalid_api_key", wrong.Error);
        Assert.Equal(["wrong key"], _vendor.Ledger.Mistakes);
    }

    [Theory]
    [InlineData("model_id=eleven_v3&output_format=pcm_16000", "model is not available over a WebSocket")]
    [InlineData("model_id=eleven_multilingual_v2&output_format=pcm_16000&language_code=de", "model takes no language_code")]
    [InlineData("model_id=eleven_future&output_format=pcm_16000", "unknown model")]
    public async Task A_model_that_does_not_fit_is_refused_in_band(string query, string rule)
    {
        using var client = await RawSpeaker.Connect(_vendor, query);
        await client.Say(Begin);

        Assert.Equal(1008, await client.Read());
        Assert.Equal([rule], _vendor.Ledger.Mistakes);
    }

    [Theory]
    [InlineData(Right + "&inactivity_timeout=181", "inactivity_timeout is 1 to 180")]
    [InlineData(Right + "&auto_mode=True", "auto_mode is true or false")]
    [InlineData(Right + "&volume=11", "unknown query parameter volume")]
    [InlineData("model_id=eleven_flash_v2_5", "output_format is not pcm_16000")]
    public async Task A_wrong_address_is_refused_at_the_handshake(string query, string rule)
    {
        await Assert.ThrowsAsync<WebSocketException>(() => RawSpeaker.Connect(_vendor, query));

        Assert.Equal([rule], _vendor.Ledger.Mistakes);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_at_the_handshake()
    {
        await Assert.ThrowsAsync<WebSocketException>(() => RawSpeaker.Connect(_vendor, key: "wrong"));

        Assert.Equal(["wrong key"], _vendor.Ledger.Mistakes);
    }

    [Theory]
    [InlineData("""{"text":"eins","model_id":"eleven_flash_v2_5"}""", "output_format=pcm_16000&volume=1", 422, "unknown query parameter volume")]
    [InlineData("""{"text":" ","model_id":"eleven_flash_v2_5"}""", "output_format=pcm_16000", 422, "empty text")]
    [InlineData("""{"text":"eins","volume":1}""", "output_format=pcm_16000", 422, "body with unknown fields")]
    [InlineData("""{"text":""", "output_format=pcm_16000", 422, "body is no JSON")]
    [InlineData("""{"text":"eins","model_id":"eleven_multilingual_v2","language_code":"de"}""", "output_format=pcm_16000", 400, "model takes no language_code")]
    public async Task A_wrong_request_for_speech_is_refused(string body, string query, int status, string rule)
    {
        using var response = await Post($"v1/text-to-speech/{ElevenLabsAccount.FemaleVoice}/stream?{query}", new StringContent(body));

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal([rule], _vendor.Ledger.Mistakes);
    }

    [Fact]
    public async Task A_form_that_is_not_as_documented_is_refused()
    {
        var wrong = new (string Rule, HttpContent Content)[]
        {
            ("no multipart form", new StringContent("{}")),
            ("name is missing", new MultipartFormDataContent { { new ByteArrayContent([1]), "files", "a.wav" } }),
            ("samples are in repeated fields named files", new MultipartFormDataContent { { new StringContent("x"), "name" }, { new ByteArrayContent([1]), "files[]", "a.wav" } }),
            ("labels is a JSON object in a string", new MultipartFormDataContent { { new StringContent("x"), "name" }, { new StringContent("a=b"), "labels" }, { new ByteArrayContent([1]), "files", "a.wav" } }),
            ("unknown field", new MultipartFormDataContent { { new StringContent("x"), "name" }, { new StringContent("b"), "consent" }, { new ByteArrayContent([1]), "files", "a.wav" } }),
            ("duplicate file", new MultipartFormDataContent { { new StringContent("x"), "name" }, { new ByteArrayContent([1]), "files", "a.wav" }, { new ByteArrayContent([1]), "files", "b.wav" } }),
        };
        foreach (var (_, content) in wrong)
        {
            using var response = await Post("v1/voices/add", content);
            Assert.False(response.IsSuccessStatusCode);
        }

        Assert.Equal(wrong.Select(static each => each.Rule), _vendor.Ledger.Mistakes);
    }

    [Fact]
    public async Task A_page_of_voices_has_at_most_a_hundred()
    {
        using var client = new HttpClient { DefaultRequestHeaders = { { "xi-api-key", ElevenLabsEmulator.Key } } };
        using var response = await client.GetAsync(new Uri(_vendor.Address, "v2/voices?page_size=101"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(["wrong query of a list"], _vendor.Ledger.Mistakes);
    }

    async Task<HttpResponseMessage> Post(string address, HttpContent content)
    {
        using var client = new HttpClient { DefaultRequestHeaders = { { "xi-api-key", ElevenLabsEmulator.Key } } };
        return await client.PostAsync(new Uri(_vendor.Address, address), content);
    }
}
