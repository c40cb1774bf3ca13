using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using VoiceGrains.Silo.Engines.Chat;
using VoiceGrains.Tests.Emulators.Anthropic;
using VoiceGrains.Tests.Emulators.OpenAI;

namespace VoiceGrains.Tests.Load.Stages.Bare;

/// <summary>A chat request by HttpClient alone: posts the same prompt and reads the events, each as JSON.</summary>
/// <param name="textIn">The text of an event; null: it has none.</param>
sealed class BareChat(HttpClient http, Func<HttpRequestMessage> request, Func<JsonElement, string?> textIn)
{
    // Prompt and model as the engines send them.
    static readonly string Instructions = TranslationPrompt.Instructions;
    static readonly string Question = TranslationPrompt.Messages(Stage.Sentence)[1].Text;
    static readonly int MostTokens = TranslationPrompt.MostTokens(Stage.Sentence, 1_024);

    public static Way OpenAI(Uri vendor) => Through(
        () => new HttpRequestMessage(HttpMethod.Post, $"{vendor}/chat/completions")
        {
            Headers = { { "Authorization", $"Bearer {OpenAIEmulator.Key}" } },
            Content = JsonContent.Create(new
            {
                model = "gpt-4.1-mini",
                stream = true,
                max_completion_tokens = MostTokens,
                messages = new object[] { new { role = "system", content = Instructions }, new { role = "user", content = Question } },
            }),
        },
        static chunk => chunk.GetProperty("choices") is var choices && choices.GetArrayLength() > 0 && choices[0].GetProperty("delta").TryGetProperty("content", out var text) ? text.GetString() : null);

    public static Way Anthropic(Uri vendor) => Through(
        () => new HttpRequestMessage(HttpMethod.Post, new Uri(vendor, "v1/messages"))
        {
            Headers = { { "x-api-key", AnthropicEmulator.Key }, { "anthropic-version", "2023-06-01" } },
            Content = JsonContent.Create(new
            {
                model = "claude-haiku-4-5",
                stream = true,
                max_tokens = MostTokens,
                system = Instructions,
                messages = new object[] { new { role = "user", content = Question } },
            }),
        },
        static happened => happened.GetProperty("type").GetString() == "content_block_delta" ? happened.GetProperty("delta").GetProperty("text").GetString() : null);

    async Task<TimeSpan> Ask()
    {
        var began = Stopwatch.GetTimestamp();
        TimeSpan? first = null;
        using var asked = request();
        using var answer = await http.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
        await using var body = await answer.Content.ReadAsStreamAsync(CancellationToken.None);
        await foreach (var item in SseParser.Create(body, static (_, data) => data.SequenceEqual("[DONE]"u8) ? null : JsonDocument.Parse(data.ToArray())).EnumerateAsync(CancellationToken.None))
        {
            using var json = item.Data;
            if (json is not null && textIn(json.RootElement) is { Length: > 0 })
                first ??= Stopwatch.GetElapsedTime(began);
        }

        return first ?? throw new InvalidOperationException("An answer has no text.");
    }

    static Way Through(Func<HttpRequestMessage> request, Func<JsonElement, string?> textIn)
    {
        var http = new HttpClient(new SocketsHttpHandler());
        var client = new BareChat(http, request, textIn);
        return new Way(stream => stream.Asked().Ask(client.Ask), http);
    }
}
