using VoiceGrains.Engines;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.Chat;

/// <summary>What the vendors' refusals and broken answers become, and when a request is made once more.</summary>
public sealed class ChatFaults
{
    [Theory]
    [InlineData("openai", 400, null, FaultKind.BadRequest)]
    [InlineData("openai", 401, null, FaultKind.Auth)]
    [InlineData("openai", 402, null, FaultKind.Quota)]
    [InlineData("openai", 403, null, FaultKind.Auth)]
    [InlineData("openai", 404, null, FaultKind.BadRequest)]
    [InlineData("openai", 422, null, FaultKind.BadRequest)]
    [InlineData("openai", 429, "rate_limit_exceeded", FaultKind.RateLimited)]
    [InlineData("openai", 429, "insufficient_quota", FaultKind.Quota)]
    [InlineData("openai", 500, null, FaultKind.Transport)]
    [InlineData("openai", 503, null, FaultKind.Overloaded)]
    [InlineData("openai", 504, null, FaultKind.Stalled)]
    [InlineData("anthropic", 400, null, FaultKind.BadRequest)]
    [InlineData("anthropic", 400, "credit", FaultKind.Quota)]
    [InlineData("anthropic", 401, null, FaultKind.Auth)]
    [InlineData("anthropic", 402, null, FaultKind.Quota)]
    [InlineData("anthropic", 403, null, FaultKind.Auth)]
    [InlineData("anthropic", 404, null, FaultKind.BadRequest)]
    [InlineData("anthropic", 413, null, FaultKind.BadRequest)]
    [InlineData("anthropic", 422, null, FaultKind.BadRequest)]
    [InlineData("anthropic", 429, null, FaultKind.RateLimited)]
    [InlineData("anthropic", 500, null, FaultKind.Transport)]
    [InlineData("anthropic", 503, "overloaded_error", FaultKind.Overloaded)]
    [InlineData("anthropic", 504, null, FaultKind.Stalled)]
    [InlineData("anthropic", 529, null, FaultKind.Overloaded)]
    public async Task A_refusal_has_its_kind_and_the_name_of_the_request(string vendor, int status, string? code, FaultKind kind)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(FaultForm.Status, Status: status, Code: code, Times: 2));

        var fault = await chat.FaultOf(chat.Translate("good morning"));

        Assert.Equal((kind, vendor), (fault.Kind, fault.Engine));
        Assert.StartsWith("req_", fault.RequestId, StringComparison.Ordinal);
        Assert.DoesNotContain("Planned", fault.ToString(), StringComparison.Ordinal);
        Assert.Equal(fault.IsRetryable ? 2 : 1, chat.Ledger.CountOf(chat.Operation));
        await chat.AssertClean();
    }

    [Theory]
    [InlineData("openai", nameof(FaultForm.Refuse), 0, FaultKind.Transport)]
    [InlineData("openai", nameof(FaultForm.Reset), 0, FaultKind.Transport)]
    [InlineData("openai", nameof(FaultForm.EndWithoutTerminator), 0, FaultKind.Truncated)]
    [InlineData("openai", nameof(FaultForm.EndWithoutTerminator), 1, FaultKind.Truncated)]
    [InlineData("openai", nameof(FaultForm.ErrorInStream), 1, FaultKind.Truncated)]
    [InlineData("openai", nameof(FaultForm.MalformedJson), 1, FaultKind.Transport)]
    [InlineData("anthropic", nameof(FaultForm.Refuse), 0, FaultKind.Transport)]
    [InlineData("anthropic", nameof(FaultForm.Reset), 0, FaultKind.Transport)]
    [InlineData("anthropic", nameof(FaultForm.EndWithoutTerminator), 1, FaultKind.Truncated)]
    [InlineData("anthropic", nameof(FaultForm.EndWithoutTerminator), 3, FaultKind.Truncated)]
    [InlineData("anthropic", nameof(FaultForm.ErrorInStream), 3, FaultKind.Overloaded)]
    [InlineData("anthropic", nameof(FaultForm.MalformedJson), 3, FaultKind.Transport)]
    public async Task A_break_before_any_text_is_tried_once_more_and_then_has_its_kind(string vendor, string form, int after, FaultKind kind)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(Enum.Parse<FaultForm>(form), After: after, Times: 2));

        var fault = await chat.FaultOf(chat.Translate("good morning"));

        Assert.Equal(kind, fault.Kind);
        Assert.DoesNotContain("Planned", fault.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, chat.Ledger.CountOf(chat.Operation));
        await chat.AssertClean();
    }

    [Theory]
    [InlineData("openai", nameof(FaultForm.Reset), FaultKind.Transport)]
    [InlineData("openai", nameof(FaultForm.EndWithoutTerminator), FaultKind.Truncated)]
    [InlineData("openai", nameof(FaultForm.ErrorInStream), FaultKind.Truncated)]
    [InlineData("openai", nameof(FaultForm.MalformedJson), FaultKind.Transport)]
    [InlineData("anthropic", nameof(FaultForm.Reset), FaultKind.Transport)]
    [InlineData("anthropic", nameof(FaultForm.EndWithoutTerminator), FaultKind.Truncated)]
    [InlineData("anthropic", nameof(FaultForm.ErrorInStream), FaultKind.Overloaded)]
    [InlineData("anthropic", nameof(FaultForm.MalformedJson), FaultKind.Transport)]
    public async Task A_break_after_some_text_is_never_tried_again(string vendor, string form, FaultKind kind)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(Enum.Parse<FaultForm>(form), After: 5, Delay: TimeSpan.FromSeconds(1)));
        var pieces = new List<TranslatedText>();

        var fault = await Broken(chat, pieces);

        Assert.Equal(kind, fault.Kind);
        Assert.StartsWith("req_", fault.RequestId, StringComparison.Ordinal);
        Assert.StartsWith("one·es two·es", string.Concat(pieces.Select(static piece => piece.Text)), StringComparison.Ordinal);
        Assert.DoesNotContain(pieces, static piece => piece.IsLast);
        Assert.Equal(1, chat.Ledger.CountOf(chat.Operation));
        await chat.AssertClean();
    }

    [Theory]
    [InlineData("openai", "length", FaultKind.Truncated)]
    [InlineData("openai", "content_filter", FaultKind.BadRequest)]
    [InlineData("openai", "refusal", FaultKind.BadRequest)]
    [InlineData("anthropic", "max_tokens", FaultKind.Truncated)]
    [InlineData("anthropic", "refusal", FaultKind.BadRequest)]
    public async Task An_answer_that_ends_for_another_reason_is_no_translation(string vendor, string reason, FaultKind kind)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(FaultForm.ErrorInStream, Code: reason, After: 5));

        var fault = await chat.FaultOf(chat.Translate("one two three four five"));

        Assert.Equal(kind, fault.Kind);
        await chat.AssertClean();
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_connection_cut_within_a_chunk_is_noticed(string vendor)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(FaultForm.CutInFrame, After: 5, Delay: TimeSpan.FromSeconds(1)));

        var fault = await Broken(chat, []);

        // Whether the end or the reset arrives first is the network's matter.
        Assert.True(fault.Kind is FaultKind.Truncated or FaultKind.Transport, fault.Kind.ToString());
        await chat.AssertClean();
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_wrong_key_is_a_fault_that_does_not_show_it(string vendor)
    {
        await using var chat = await ChatAtWork.Start(vendor, key: "sk-wrong");

        var fault = await chat.FaultOf(chat.Translate("good morning"));

        Assert.Equal(FaultKind.Auth, fault.Kind);
        Assert.DoesNotContain("sk-wrong", fault.ToString(), StringComparison.Ordinal);
        Assert.Contains(chat.Ledger.Mistakes, static mistake => mistake.Contains("the key is wrong", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Nobody_at_the_address_is_a_fault_of_transport(string vendor)
    {
        var chat = await ChatAtWork.Start(vendor);
        await chat.StopDouble();

        var fault = await chat.FaultOf(chat.Translate("good morning"));

        Assert.Equal(FaultKind.Transport, fault.Kind);
        Assert.Null(fault.RequestId);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_model_that_talks_on_is_cut_and_that_is_a_fault(string vendor)
    {
        await using var chat = await ChatAtWork.Start(vendor, mostTokens: 3);

        var fault = await chat.FaultOf(chat.Translate("one two three four five"));

        Assert.Equal(FaultKind.Truncated, fault.Kind);
        await chat.AssertClean();
    }

    // The break comes when the text before it was read.
    static async Task<EngineFaultException> Broken(ChatAtWork chat, List<TranslatedText> pieces)
    {
        var translation = chat.Collect(pieces);
        await Until.True("some text came", () => pieces.Count >= 2);
        chat.Time.Advance(TimeSpan.FromSeconds(1));
        return await chat.FaultOf(translation);
    }
}
