using System.Collections.Concurrent;
using System.Diagnostics;
using Anthropic;
using Microsoft.Extensions.AI;
using VoiceGrains.Tests.Emulators.Anthropic;
using VoiceGrains.Tests.Engines.Chat;

namespace VoiceGrains.Tests.Engines.Anthropic;

/// <summary>Anthropic's package writes spans, and by a variable of the environment what was said into them. Ours writes none.</summary>
public sealed class SpansOfAnthropic
{
    [Fact]
    public async Task A_translation_leaves_no_span_of_the_vendors_package()
    {
        await using var chat = await ChatAtWork.Start("anthropic");

        Assert.Empty(await SpansOf(() => chat.Translate("good morning")));
    }

    [Fact]
    public async Task The_package_by_itself_would_leave_one()
    {
        await using var anthropic = await AnthropicEmulator.Start();
        using var client = new AnthropicClient { ApiKey = AnthropicEmulator.Key, BaseUrl = anthropic.Url.AbsoluteUri.TrimEnd('/') };

        Assert.NotEmpty(await SpansOf(() => client.AsIChatClient("claude-haiku-4-5").GetResponseAsync([new ChatMessage(ChatRole.User, "good morning")])));
    }

    static async Task<IReadOnlyCollection<string>> SpansOf(Func<Task> work)
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name.Contains("anthropic", StringComparison.OrdinalIgnoreCase),
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        // Other tests run at the same time; a trace of its own tells them apart.
        using var trace = new Activity("test").Start();
        await work();
        return [.. spans.Where(span => span.TraceId == trace.TraceId).Select(static span => span.DisplayName)];
    }
}
