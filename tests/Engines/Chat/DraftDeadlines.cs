using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Anthropic;
using VoiceGrains.Silo.Engines.OpenAI;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.Chat;

/// <summary>How long drafts are waited for: shorter than translations, because people go on speaking.</summary>
public sealed class DraftDeadlines
{
    [Fact]
    public void By_default_a_draft_has_1_2_seconds() =>
        Assert.Equal((TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(1.2)), (new OpenAIOptions().DraftLimit, new AnthropicOptions().DraftLimit));

    [Theory]
    [InlineData(0.04)]
    [InlineData(31)]
    public void A_limit_that_can_not_be_is_a_named_mistake(double seconds)
    {
        var mistakes = new List<string>();
        new OpenAIOptions { DraftLimit = TimeSpan.FromSeconds(seconds) }.Check(mistakes);
        new AnthropicOptions { DraftLimit = TimeSpan.FromSeconds(seconds) }.Check(mistakes);

        Assert.Equal(["Engines:OpenAI:DraftLimit", "Engines:Anthropic:DraftLimit"], mistakes.Select(static mistake => mistake.Split(' ')[0]));
    }

    [Theory]
    [InlineData("openai", nameof(FaultForm.HangBeforeHeaders), 0)]
    [InlineData("openai", nameof(FaultForm.Stall), 1)]
    [InlineData("anthropic", nameof(FaultForm.HangBeforeHeaders), 0)]
    [InlineData("anthropic", nameof(FaultForm.Stall), 3)]
    public async Task A_draft_without_text_ends_at_its_limit_and_is_not_asked_again(string vendor, string form, int after)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(Enum.Parse<FaultForm>(form), After: after));
        var draft = chat.Draft(ChatAtWork.Heard("one two three"));
        await Until.True("it stands still", () => chat.Ledger.OpenNow(chat.Operation) == 1 && chat.Time.Waiting == 1);

        chat.Time.Advance(ChatAtWork.DraftLimit - TimeSpan.FromSeconds(1));
        Assert.False(draft.IsCompleted, "it ended before its limit");
        chat.Time.Advance(TimeSpan.FromSeconds(1));

        var fault = await Assert.ThrowsAsync<EngineFaultException>(() => Until.Done("the fault", draft));
        Assert.Equal((FaultKind.Stalled, 1), (fault.Kind, chat.Ledger.CountOf(chat.Operation)));
        await chat.AssertClean();
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task The_draft_of_whole_words_is_asked_once_more(string vendor)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(FaultForm.HangBeforeHeaders));
        var draft = chat.Draft(ChatAtWork.Heard("one two", isWhole: true));
        await Until.True("the request hangs", () => chat.Ledger.OpenNow(chat.Operation) == 1 && chat.Time.Waiting == 1);

        chat.Time.Advance(ChatAtWork.DraftLimit);

        await chat.Ended(draft);
        Assert.Equal([new(1, "one·es"), new(2, "two·es")], await draft);
        await chat.AssertClean();
    }

    [Fact]
    public async Task A_draft_that_goes_on_and_on_ends_at_its_limit()
    {
        var slow = new PacedModel(Step, "1|one", "\n", "2|two", "\n", "3|three");
        var draft = slow.Draft(ChatAtWork.Heard("one two three"));

        Assert.Equal(4, await slow.StepsUntilTheEndOf(draft));
        Assert.Equal(FaultKind.Stalled, (await Assert.ThrowsAsync<EngineFaultException>(() => draft)).Kind);
    }

    [Fact]
    public async Task That_of_whole_words_may_go_on_once_it_has_begun()
    {
        var slow = new PacedModel(Step, "1|one", "\n", "2|two", "\n", "3|three");
        var draft = slow.Draft(ChatAtWork.Heard("one two three", isWhole: true));

        Assert.Equal(6, await slow.StepsUntilTheEndOf(draft));
        Assert.Equal([new(1, "one"), new(2, "two"), new(3, "three")], await draft);
    }

    [Fact]
    public async Task That_of_whole_words_ends_where_a_translation_would()
    {
        var slow = new PacedModel(Step, [.. Enumerable.Repeat("1|one\n", 20)]);
        var draft = slow.Draft(ChatAtWork.Heard("one two three", isWhole: true));

        Assert.Equal(10, await slow.StepsUntilTheEndOf(draft));
        Assert.Equal(FaultKind.Stalled, (await Assert.ThrowsAsync<EngineFaultException>(() => draft)).Kind);
    }

    static TimeSpan Step => TimeSpan.FromSeconds(12);
}
