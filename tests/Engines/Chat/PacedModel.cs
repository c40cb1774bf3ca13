using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Chat;
using VoiceGrains.Silo.Engines.Vendors;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.Chat;

/// <summary>A model that takes a step of time for each piece, which begins when the one before was read: a network in between would make that uncertain.</summary>
sealed class PacedModel(TimeSpan step, params string[] pieces) : IChatClient
{
    readonly ManualTime _time = new();

    public async Task<List<DraftFragment>> Draft(DraftRequest request)
    {
        using var network = new HttpClientHandler();
        using var line = new VendorLine("slow", network, _time);
        var settings = new ChatSettings("slow", 1_024, ChatAtWork.Deadlines, ChatAtWork.DraftLimit);
        var fragments = new List<DraftFragment>();
        await foreach (var fragment in new ChatTranslator("slow", this, line, settings, _time).Draft(request, default))
            fragments.Add(fragment);
        return fragments;
    }

    /// <summary>Lets time pass in steps, whenever the watchdog and the next piece both wait.</summary>
    public async Task<int> StepsUntilTheEndOf(Task draft)
    {
        for (var steps = 0; ; steps++)
        {
            await Until.True("the next piece is due", () => draft.IsCompleted || _time.Waiting == 2);
            if (draft.IsCompleted)
                return steps;
            _time.Advance(step);
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var piece in pieces)
        {
            await Task.Delay(step, _time, cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, piece);
        }

        await Task.Delay(step, _time, cancellationToken);
        yield return new ChatResponseUpdate(ChatRole.Assistant, "") { FinishReason = ChatFinishReason.Stop };
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Drafts are streamed.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
