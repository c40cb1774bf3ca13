using Anthropic;
using Anthropic.Exceptions;
using Microsoft.Extensions.AI;
using VoiceGrains.Tests.Emulators.Anthropic;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Engines.Anthropic;

/// <summary>The double, spoken to with Anthropic's own package: what it would not understand, the double does not send.</summary>
public sealed class OfficialAnthropicClient : IAsyncLifetime
{
    AnthropicEmulator _anthropic = null!;
    AnthropicClient _client = null!;
    IChatClient _chat = null!;

    public async ValueTask InitializeAsync()
    {
        _anthropic = await AnthropicEmulator.Start();
        _client = new AnthropicClient { ApiKey = AnthropicEmulator.Key, BaseUrl = _anthropic.Url.AbsoluteUri.TrimEnd('/'), MaxRetries = 0 };
        _chat = _client.AsIChatClient("claude-haiku-4-5");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        Assert.Empty(_anthropic.Ledger.Mistakes);
        await _anthropic.DisposeAsync();
    }

    [Fact]
    public async Task Reads_a_streamed_message_with_its_end_and_the_usage_of_all_of_it()
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in _chat.GetStreamingResponseAsync([new ChatMessage(ChatRole.System, "be brief"), new ChatMessage(ChatRole.User, "say this back")]))
            updates.Add(update);

        var answer = updates.ToChatResponse();
        Assert.Equal("say this back", answer.Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.Equal(3, answer.Usage!.OutputTokenCount);
    }

    [Fact]
    public async Task Reads_a_message_in_one_piece()
    {
        var answer = await _chat.GetResponseAsync([new ChatMessage(ChatRole.User, "say this back")]);

        Assert.Equal("say this back", answer.Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
    }

    [Fact]
    public async Task Passes_over_events_of_the_future()
    {
        _anthropic.Faults.Add(new PlannedFault(FaultForm.UnknownMessage, After: 2));
        var text = "";
        await foreach (var update in _chat.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "say this back")]))
            text += update.Text;

        Assert.Equal("say this back", text);
    }

    [Fact]
    public async Task Throws_for_an_error_after_a_good_status()
    {
        _anthropic.Faults.Add(new PlannedFault(FaultForm.ErrorInStream, After: 3));

        var happened = await Assert.ThrowsAsync<AnthropicSseException>(() => Read("say this back"));

        Assert.Contains("overloaded_error", happened.Body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throws_for_a_planned_refusal()
    {
        _anthropic.Faults.Add(new PlannedFault(FaultForm.Status, Status: 429));

        await Assert.ThrowsAsync<AnthropicRateLimitException>(() => Read("say this back"));
    }

    async Task Read(string text)
    {
        await foreach (var _ in _chat.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, text)]))
        {
        }
    }
}
