using VoiceGrains.Engines;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.Chat;

/// <summary>What the vendors' failures become, and when a request is made once more.</summary>
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
    public async Task A_request_that_hangs_is_made_once_more_and_succeeds(string vendor)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(FaultForm.HangBeforeHeaders));
        var translation = chat.Translate("good morning");
        await Until.True("the request hangs", () => chat.Ledger.OpenNow(chat.Operation) == 1);

        chat.Time.Advance(ChatAtWork.Deadlines.First);

        await chat.Ended(translation);
        Assert.True((await translation)[^1].IsLast);
        Assert.Equal(2, chat.Ledger.CountOf(chat.Operation));
        await chat.AssertClean();
    }

    [Theory]
    [InlineData("openai", nameof(FaultForm.HangBeforeHeaders), 0, 60)]
    [InlineData("openai", nameof(FaultForm.Stall), 1, 60)]
    [InlineData("openai", nameof(FaultForm.Stall), 5, 30)]
    [InlineData("anthropic", nameof(FaultForm.HangBeforeHeaders), 0, 60)]
    [InlineData("anthropic", nameof(FaultForm.Stall), 3, 60)]
    [InlineData("anthropic", nameof(FaultForm.Stall), 6, 30)]
    public async Task A_standstill_ends_at_its_limit_and_aborts_the_request(string vendor, string form, int after, int limitSeconds)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(Enum.Parse<FaultForm>(form), After: after, Times: 2));
        var pieces = new List<TranslatedText>();
        var translation = Collect(chat, pieces);
        await Until.True("it stands still", () => chat.Ledger.OpenNow(chat.Operation) == 1 && (after < 5 || pieces.Count >= 3));

        chat.Time.Advance(TimeSpan.FromSeconds(limitSeconds - 1));
        Assert.False(translation.IsCompleted, "it ended before its limit");
        var fault = await Stalled(chat, translation);

        Assert.Equal(FaultKind.Stalled, fault.Kind);
        await chat.AssertClean();
    }

    [Fact]
    public async Task An_answer_that_goes_on_and_on_ends_at_the_limit_for_all_of_it()
    {
        var step = TimeSpan.FromSeconds(20);
        await using var chat = await ChatAtWork.Start("openai", delay: step);
        var pieces = new List<TranslatedText>();
        var translation = Collect(chat, pieces);
        for (var sent = 0; sent < 5; sent++)
        {
            // The watchdog and the double's next word both wait.
            await Until.True("the next word is due", () => chat.Time.Waiting == 2 && pieces.Count == Math.Max(0, sent - 1));
            chat.Time.Advance(step);
        }

        await Until.True("the last word came", () => pieces.Count == 4 && chat.Time.Waiting == 2);
        Assert.False(translation.IsCompleted, "it ended before its limit");
        chat.Time.Advance(step);

        Assert.Equal(FaultKind.Stalled, (await Assert.ThrowsAsync<EngineFaultException>(() => Until.Done("the fault", Ending(translation)))).Kind);
        await chat.AssertClean();
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_wait_that_fits_is_waited_for(string vendor)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(FaultForm.Status, Status: 429, RetryAfter: TimeSpan.FromSeconds(5)));
        var began = chat.Time.GetUtcNow();
        var translation = chat.Translate("good morning");

        await chat.Ended(translation);

        Assert.True((await translation)[^1].IsLast);
        Assert.InRange(chat.Time.GetUtcNow() - began, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));
        Assert.Equal(2, chat.Ledger.CountOf(chat.Operation));
        await chat.AssertClean();
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_wait_that_does_not_fit_fails_at_once_and_is_told(string vendor)
    {
        await using var chat = await ChatAtWork.Start(vendor);
        chat.Faults.Add(new PlannedFault(FaultForm.Status, Status: 429, RetryAfter: TimeSpan.FromSeconds(100)));

        var fault = await Assert.ThrowsAsync<EngineFaultException>(() => Until.Done("the fault", chat.Translate("good morning")));

        Assert.Equal((FaultKind.RateLimited, TimeSpan.FromSeconds(100)), (fault.Kind, fault.RetryAfter));
        Assert.Equal(1, chat.Ledger.CountOf(chat.Operation));
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

    static async Task Collect(ChatAtWork chat, List<TranslatedText> pieces)
    {
        await foreach (var piece in chat.Translator.Translate(ChatAtWork.From("one two three four five six seven"), default))
            pieces.Add(piece);
    }

    static async Task<bool> Ending(Task translation)
    {
        await translation;
        return true;
    }

    // The break comes when the text before it was read.
    static async Task<EngineFaultException> Broken(ChatAtWork chat, List<TranslatedText> pieces)
    {
        var translation = Collect(chat, pieces);
        await Until.True("some text came", () => pieces.Count >= 2);
        chat.Time.Advance(TimeSpan.FromSeconds(1));
        return await chat.FaultOf(translation);
    }

    // The rest of the first limit, the pause, and the limit of a second try.
    static async Task<EngineFaultException> Stalled(ChatAtWork chat, Task translation)
    {
        chat.Time.Advance(TimeSpan.FromSeconds(1));
        await Until.True("it gave up", () =>
        {
            chat.Time.Advance(TimeSpan.FromSeconds(1));
            return translation.IsCompleted;
        });
        return await Assert.ThrowsAsync<EngineFaultException>(() => translation);
    }
}
