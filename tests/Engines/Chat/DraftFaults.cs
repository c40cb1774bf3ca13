using VoiceGrains.Engines;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.Chat;

/// <summary>What broken answers to a draft become. Nothing that was said is in any of the faults.</summary>
public sealed class DraftFaults
{
    const string Said = "zebra quagga okapi";

    [Theory]
    [InlineData("openai", nameof(FaultForm.Status), 0, 401, FaultKind.Auth)]
    [InlineData("openai", nameof(FaultForm.Status), 0, 429, FaultKind.RateLimited)]
    [InlineData("openai", nameof(FaultForm.Status), 0, 503, FaultKind.Overloaded)]
    [InlineData("openai", nameof(FaultForm.Refuse), 0, 0, FaultKind.Transport)]
    [InlineData("openai", nameof(FaultForm.EndWithoutTerminator), 1, 0, FaultKind.Truncated)]
    [InlineData("openai", nameof(FaultForm.MalformedJson), 1, 0, FaultKind.Transport)]
    [InlineData("anthropic", nameof(FaultForm.Status), 0, 401, FaultKind.Auth)]
    [InlineData("anthropic", nameof(FaultForm.Status), 0, 429, FaultKind.RateLimited)]
    [InlineData("anthropic", nameof(FaultForm.Status), 0, 529, FaultKind.Overloaded)]
    [InlineData("anthropic", nameof(FaultForm.Refuse), 0, 0, FaultKind.Transport)]
    [InlineData("anthropic", nameof(FaultForm.EndWithoutTerminator), 3, 0, FaultKind.Truncated)]
    [InlineData("anthropic", nameof(FaultForm.ErrorInStream), 3, 0, FaultKind.Overloaded)]
    public async Task Before_any_text_it_is_tried_once_more_and_then_has_its_kind(string vendor, string form, int after, int status, FaultKind kind)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(Enum.Parse<FaultForm>(form), After: after, Status: status, Times: 2));

        var fault = await chat.FaultOf(chat.Draft(ChatAtWork.Heard(Said)));

        Assert.Equal((kind, vendor), (fault.Kind, fault.Engine));
        AssertTellsNothing(fault);
        Assert.Equal(fault.IsRetryable ? 2 : 1, chat.Ledger.CountOf(chat.Operation));
        await chat.AssertClean();
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_second_try_that_goes_well_is_a_draft(string vendor)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(FaultForm.Reset));
        var draft = chat.Draft(ChatAtWork.Heard(Said));

        await chat.Ended(draft);

        Assert.Equal([new(1, "zebra·es"), new(2, "quagga·es"), new(3, "okapi·es")], await draft);
        Assert.Equal(2, chat.Ledger.CountOf(chat.Operation));
    }

    // After the first line and the number of the second.
    [Theory]
    [InlineData("openai", nameof(FaultForm.Reset), null, 4, FaultKind.Transport)]
    [InlineData("openai", nameof(FaultForm.EndWithoutTerminator), null, 5, FaultKind.Truncated)]
    [InlineData("openai", nameof(FaultForm.MalformedJson), null, 5, FaultKind.Transport)]
    [InlineData("openai", nameof(FaultForm.ErrorInStream), "length", 5, FaultKind.Truncated)]
    [InlineData("openai", nameof(FaultForm.ErrorInStream), "refusal", 5, FaultKind.BadRequest)]
    [InlineData("openai", nameof(FaultForm.ErrorInStream), "content_filter", 5, FaultKind.BadRequest)]
    [InlineData("anthropic", nameof(FaultForm.Reset), null, 6, FaultKind.Transport)]
    [InlineData("anthropic", nameof(FaultForm.EndWithoutTerminator), null, 7, FaultKind.Truncated)]
    [InlineData("anthropic", nameof(FaultForm.MalformedJson), null, 7, FaultKind.Transport)]
    [InlineData("anthropic", nameof(FaultForm.ErrorInStream), "max_tokens", 7, FaultKind.Truncated)]
    [InlineData("anthropic", nameof(FaultForm.ErrorInStream), "refusal", 7, FaultKind.BadRequest)]
    [InlineData("anthropic", nameof(FaultForm.ErrorInStream), null, 7, FaultKind.Overloaded)]
    public async Task After_some_text_it_is_not_tried_again_and_no_half_line_is_told(string vendor, string form, string? code, int after, FaultKind kind)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(Enum.Parse<FaultForm>(form), After: after, Code: code, Delay: TimeSpan.FromSeconds(1)));
        var fragments = new List<DraftFragment>();
        var draft = chat.Collect(ChatAtWork.Heard(Said), fragments);
        await Until.True("the first line came", () => fragments.Count > 0);
        chat.Time.Advance(TimeSpan.FromSeconds(1));

        var fault = await chat.FaultOf(draft);

        Assert.Equal(kind, fault.Kind);
        AssertTellsNothing(fault);
        Assert.All(fragments, static fragment => Assert.True(fragment is (1, "zebra·es") or (2, "quagga·es"), "a line that was not over was told"));
        Assert.Equal(1, chat.Ledger.CountOf(chat.Operation));
        await chat.AssertClean();
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_model_that_talks_on_is_cut_and_that_is_a_fault(string vendor)
    {
        await using var chat = await ChatAtWork.Start(vendor, mostTokens: 3);
        var fragments = new List<DraftFragment>();

        var fault = await chat.FaultOf(chat.Collect(ChatAtWork.Heard(Said), fragments));

        Assert.Equal(FaultKind.Truncated, fault.Kind);
        Assert.Equal([new(1, "zebra·es")], fragments);
        AssertTellsNothing(fault);
        await chat.AssertClean();
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Lines_without_a_number_that_can_be_need_all_words_and_lose_none(string vendor)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(FaultForm.MalformedLines));

        var draft = await chat.Draft(ChatAtWork.Heard("one two three four five six seven"));

        Assert.Equal("one·es two·es three·es four·es five·es six·es seven·es", string.Join(' ', draft.Select(static fragment => fragment.Text)));
        Assert.All(draft, static fragment => Assert.Equal(7, fragment.Needs));
        await chat.AssertClean();
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_model_that_begins_anew_is_not_heard_twice(string vendor)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(FaultForm.RepeatedBeginning));

        var draft = await chat.Draft(ChatAtWork.Heard("zebra quagga okapi kudu", begun: "zebra·es quagga·es okapi·es"));

        Assert.Equal([new(4, "kudu·es")], draft);
        await chat.AssertClean();
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Numbers_that_are_too_low_are_told_as_they_are(string vendor)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(FaultForm.LowTags));

        Assert.Equal([new(1, "zebra·es"), new(1, "quagga·es"), new(2, "okapi·es")], await chat.Draft(ChatAtWork.Heard(Said)));
    }

    static void AssertTellsNothing(EngineFaultException fault) =>
        Assert.DoesNotContain(["Planned", .. Said.Split(' ')], said => fault.ToString().Contains(said, StringComparison.OrdinalIgnoreCase));
}
