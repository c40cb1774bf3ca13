using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Said = Microsoft.Extensions.AI.ChatMessage;
using Told = OpenAI.Chat.ChatMessage;

namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>
/// OpenAI's own client as an <see cref="IChatClient"/>, for text: its package has no such adapter. Takes model, most tokens, temperature and stop sequences;
/// anything else that can't be passed on is refused, not forgotten.
/// </summary>
sealed class OpenAIChatClient(string apiKey, Uri url, HttpClient http) : IChatClient
{
    // No second tries of its own, no time limit of its own: it makes three tries within 100 s each.
    readonly OpenAIClient _client = new(new ApiKeyCredential(apiKey), new OpenAIClientOptions
    {
        Endpoint = url,
        Transport = new HttpClientPipelineTransport(http),
        RetryPolicy = new ClientRetryPolicy(0),
        NetworkTimeout = Timeout.InfiniteTimeSpan,
    });

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<Said> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<Said> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var model = options?.ModelId ?? throw new ArgumentException("Name the model.", nameof(options));
        var updates = _client.GetChatClient(model).CompleteChatStreamingAsync(Told(messages, options), Wanted(options), cancellationToken);
        var wasRefused = false;
        await foreach (var update in updates.WithCancellation(cancellationToken))
        {
            wasRefused |= !string.IsNullOrEmpty(update.RefusalUpdate);
            yield return new ChatResponseUpdate(ChatRole.Assistant, Contents(update))
            {
                FinishReason = Reason(update.FinishReason, wasRefused),
                ResponseId = update.CompletionId,
                MessageId = update.CompletionId,
                ModelId = update.Model,
                CreatedAt = update.CreatedAt,
                RawRepresentation = update,
            };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(OpenAIClient) ? _client : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The account owns the connections.
    }

    static List<AIContent> Contents(StreamingChatCompletionUpdate update)
    {
        var contents = new List<AIContent>();
        foreach (var part in update.ContentUpdate)
        {
            if (part.Kind == ChatMessageContentPartKind.Text)
                contents.Add(new TextContent(part.Text));
        }

        if (update.Usage is { } usage)
        {
            contents.Add(new UsageContent(new UsageDetails
            {
                InputTokenCount = usage.InputTokenCount,
                OutputTokenCount = usage.OutputTokenCount,
                TotalTokenCount = usage.TotalTokenCount,
            }));
        }

        return contents;
    }

    // A refusal ends with "stop", like a good answer.
    static Microsoft.Extensions.AI.ChatFinishReason? Reason(global::OpenAI.Chat.ChatFinishReason? reason, bool wasRefused) => reason switch
    {
        null => null,
        _ when wasRefused => Microsoft.Extensions.AI.ChatFinishReason.ContentFilter,
        global::OpenAI.Chat.ChatFinishReason.Stop => Microsoft.Extensions.AI.ChatFinishReason.Stop,
        global::OpenAI.Chat.ChatFinishReason.Length => Microsoft.Extensions.AI.ChatFinishReason.Length,
        global::OpenAI.Chat.ChatFinishReason.ContentFilter => Microsoft.Extensions.AI.ChatFinishReason.ContentFilter,
        _ => Microsoft.Extensions.AI.ChatFinishReason.ToolCalls,
    };

    static ChatCompletionOptions Wanted(ChatOptions options)
    {
        if (options.Tools is { Count: > 0 } || options.ResponseFormat is not null)
            throw new NotSupportedException("This client passes on text only: no tools, no formats.");
        var wanted = new ChatCompletionOptions { MaxOutputTokenCount = options.MaxOutputTokens, Temperature = options.Temperature };
        foreach (var stop in options.StopSequences ?? [])
            wanted.StopSequences.Add(stop);
        return wanted;
    }

    static IEnumerable<Told> Told(IEnumerable<Said> messages, ChatOptions options)
    {
        if (options.Instructions is { } instructions)
            yield return new SystemChatMessage(instructions);
        foreach (var message in messages)
        {
            if (message.Contents.Any(static content => content is not TextContent))
                throw new NotSupportedException("This client passes on text only.");
            yield return message.Role == ChatRole.System ? new SystemChatMessage(message.Text)
                : message.Role == ChatRole.Assistant ? new AssistantChatMessage(message.Text)
                : new UserChatMessage(message.Text);
        }
    }
}
