using VoiceGrains.Tests.Faults.Checks;

namespace VoiceGrains.Tests.Faults.Running;

/// <summary>The calls of one run on one side.</summary>
sealed class OpenCalls(IReadOnlyList<TalkingCall> calls) : IAsyncDisposable
{
    // Speech may still be on its way when everything is recorded.
    static readonly TimeSpan SpeechLimit = TimeSpan.FromSeconds(8);
    static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);
    const int AsksAtOnce = 6;

    public IReadOnlyList<TalkingCall> Calls => calls;

    /// <summary>Waits until nothing is missing any more, at most as long as speech may take, and returns all that came.</summary>
    public async Task<IReadOnlyList<CallHistory>> Finish(bool mayRepeat)
    {
        using var limit = new CancellationTokenSource(SpeechLimit);
        var missing = calls;
        while ((missing = [.. missing.Where(call => IsMissing(call.History(), mayRepeat))]).Count > 0 && !limit.IsCancellationRequested)
            await Task.Delay(LookAgain, TimeProvider.System);
        var histories = new CallHistory[calls.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, calls.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AsksAtOnce },
            async (index, _) => histories[index] = await calls[index].Finish());
        return histories;
    }

    public Task EndAll() => Parallel.ForEachAsync(calls, new ParallelOptions { MaxDegreeOfParallelism = AsksAtOnce }, static async (call, _) => await call.End());

    public async ValueTask DisposeAsync() => await Task.WhenAll(calls.Select(static call => call.DisposeAsync().AsTask()));

    static bool IsMissing(CallHistory call, bool mayRepeat) => CallCheck.Check(call, mayRepeat).Any(static finding => finding.Kind == FindingKind.Lost);
}
