using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using VoiceGrains.Tests.Emulators.ElevenLabs;
using VoiceGrains.Tests.Emulators.OpenAI;

namespace VoiceGrains.Tests.Load.Stages.Bare;

/// <summary>A clause spoken over HTTP by HttpClient alone. The audio stays in the vendor's rate.</summary>
/// <param name="read">Reads a body to its end, and says when there was the first audio.</param>
sealed class BareSpeech(HttpClient http, Func<HttpRequestMessage> request, Func<Stream, Task<long>> read)
{
    public static Way ElevenLabs(Uri vendor) => Through(
        () => new HttpRequestMessage(HttpMethod.Post, new Uri(vendor, $"v1/text-to-speech/{ElevenLabsAccount.FemaleVoice}/stream?output_format=pcm_16000&enable_logging=true"))
        {
            Headers = { { "xi-api-key", ElevenLabsEmulator.Key } },
            Content = JsonContent.Create(new
            {
                text = Talk.Text,
                model_id = "eleven_flash_v2_5",
                voice_settings = new { stability = 0.5, similarity_boost = 0.75, speed = 1 },
                language_code = "en",
            }),
        },
        Plain);

    public static Way OpenAI(Uri vendor) => Through(
        () => new HttpRequestMessage(HttpMethod.Post, $"{vendor}/audio/speech")
        {
            Headers = { { "Authorization", $"Bearer {OpenAIEmulator.Key}" } },
            Content = JsonContent.Create(new
            {
                model = "gpt-4o-mini-tts",
                input = Talk.Text,
                voice = "nova",
                response_format = "pcm",
                stream_format = "sse",
                instructions = "Read exactly this text aloud, calmly and naturally. Its language is en.",
            }),
        },
        Events);

    async Task<TimeSpan> Speak()
    {
        // What a stream has to wait for its text.
        await Task.Delay(EngineWays.OpenedBefore, TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        using var asked = request();
        using var answer = await http.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(CancellationToken.None);
        return Stopwatch.GetElapsedTime(began, await read(body));
    }

    static async Task<long> Plain(Stream body)
    {
        var first = 0L;
        var buffer = new byte[6_400];
        while (await body.ReadAsync(buffer, CancellationToken.None) > 0)
            first = first == 0 ? Stopwatch.GetTimestamp() : first;
        return first;
    }

    static async Task<long> Events(Stream body)
    {
        var first = 0L;
        await foreach (var item in SseParser.Create(body, static (_, data) => JsonDocument.Parse(data.ToArray())).EnumerateAsync(CancellationToken.None))
        {
            using var json = item.Data;
            if (json.RootElement.GetProperty("type").GetString() == "speech.audio.delta" && json.RootElement.GetProperty("audio").GetBytesFromBase64().Length > 0)
                first = first == 0 ? Stopwatch.GetTimestamp() : first;
        }

        return first;
    }

    static Way Through(Func<HttpRequestMessage> request, Func<Stream, Task<long>> read)
    {
        var http = new HttpClient(new SocketsHttpHandler());
        var client = new BareSpeech(http, request, read);
        return new Way(stream => stream.Asked().Ask(client.Speak), http);
    }
}
