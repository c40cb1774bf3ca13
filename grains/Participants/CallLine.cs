using VoiceGrains.Calls;
using VoiceGrains.Context;

namespace VoiceGrains.Participants;

/// <summary>A participant's line up to their call. What goes up goes outside any call from above, again and again until the call has answered.</summary>
sealed class CallLine(ICallGrain call, ParticipantId self, TimeProvider time, CancellationToken ending)
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Completes when the call has heard it, or the activation ends.</summary>
    public Task Tell(NewsKind news) => Insist(() => call.Hear(new ParticipantNews(self, news)));

    /// <summary>Completes when the terms are known, or the activation ends.</summary>
    public Task Ask(KnownTerms terms) => Insist(async () => terms.Learn(await call.Terms()));

    async Task Insist(Func<Task> say)
    {
        try
        {
            while (!await TrySay(say))
                await Task.Delay(Pause, time, ending);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The next activation says it itself.
        }
    }

    async Task<bool> TrySay(Func<Task> say)
    {
        try
        {
            await say().WaitAsync(ending);
            return true;
        }
        catch (Exception) when (!ending.IsCancellationRequested)
        {
            // The call is being activated elsewhere, or can't be while the store is away: it must hear this, so try again.
            return false;
        }
    }
}
