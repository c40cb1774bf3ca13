using VoiceGrains.Engines;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.Chat;

/// <summary>Requests that stand still or are told to wait: how long they are waited for.</summary>
public sealed class ChatDeadlines
{
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
        var translation = chat.Collect(pieces);
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
        var translation = chat.Collect(pieces);
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

    static async Task<bool> Ending(Task translation)
    {
        await translation;
        return true;
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
