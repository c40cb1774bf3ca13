using VoiceGrains.Tests.Faults.Checks;
using VoiceGrains.Tests.Faults.Figures;
using VoiceGrains.Tests.Faults.Scripts;

namespace VoiceGrains.Tests.Faults.Running;

/// <summary>What came of one seed.</summary>
/// <param name="HitCalls">Figures of the calls that the fault hit.</param>
/// <param name="Kept">Histories of the calls that something is wrong with.</param>
sealed record RunResult(IReadOnlyList<Finding> Findings, long FramesUnaccounted, IReadOnlyList<CallFigures> HitCalls, IReadOnlyList<string> Kept, Strike Strike);

/// <summary>
/// One seed: many calls talk at the same time on the cluster and, word for word, on its undisturbed twin; a fault strikes the cluster in their middle;
/// afterwards everything that came is compared with the scripts and with the twin.
/// </summary>
sealed class FaultRun(Cluster cluster, Gateways twin, Fault fault, int seed, int calls)
{
    static readonly TimeSpan Spread = TimeSpan.FromMilliseconds(800);
    static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(300);
    const int JoinsAtOnce = 12;

    readonly RunClock _clock = new();
    readonly Random _random = new(seed);

    public async Task<RunResult> Play(CancellationToken cancellationToken)
    {
        var scripts = Enumerable.Range(0, calls).Select(_ => new ScriptWriter(_random, fault.Talk).Write()).ToList();
        var opening = OpenAll(scripts, twin, cancellationToken);
        await using var here = await OpenAll(scripts, cluster.Gateways, cancellationToken);
        await using var there = await opening;
        var start = _clock.Now + Lead;
        var offsets = scripts.Select(_ => Spread * _random.NextDouble()).ToList();
        var talking = Task.WhenAll(here.Calls.Concat(there.Calls).Select((call, index) => call.Talk(start + offsets[index % calls], cancellationToken)));

        // When all of them talk: at another phase in each.
        await _clock.Until(start + Spread + (TimeSpan.FromSeconds(1.7) * _random.NextDouble()), cancellationToken);
        var strike = await fault.Inflict(new Scene(cluster, here.Calls, _clock, _random));
        await talking;

        var histories = await here.Finish(fault.IsDouble);
        var twins = await there.Finish(mayRepeat: false);
        var result = Judge(histories, twins, strike);
        await Task.WhenAll(here.EndAll(), there.EndAll());
        return result;
    }

    RunResult Judge(IReadOnlyList<CallHistory> histories, IReadOnlyList<CallHistory> twins, Strike strike)
    {
        List<Finding> findings =
        [
            .. histories.SelectMany(call => CallCheck.Check(call, fault.IsDouble)),
            // The twin proves that scripts and checker are right.
            .. twins.SelectMany(static call => CallCheck.Check(call, mayRepeat: false)).Select(static finding => finding with { Participant = "twin of " + finding.Participant }),
        ];
        var figures = histories.Zip(twins).Where(pair => strike.HitIn(pair.First.Call).Count > 0)
            .Select(pair => CallFigures.Of(pair.First, pair.Second, strike.At, strike.HitIn(pair.First.Call)));
        var kept = histories.Concat(twins).Where(call => findings.Exists(finding => finding.Call == call.Call))
            .SelectMany(HistoryText.Of).Prepend($"strike at {strike.At.TotalSeconds:0.000} s");
        return new RunResult(findings, histories.Sum(CallCheck.Unaccounted), [.. figures], [.. kept], strike);
    }

    async Task<OpenCalls> OpenAll(List<CallScript> scripts, Gateways gateways, CancellationToken cancellationToken)
    {
        var opened = new TalkingCall[scripts.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, scripts.Count),
            new ParallelOptions { MaxDegreeOfParallelism = JoinsAtOnce, CancellationToken = cancellationToken },
            async (index, token) => opened[index] = await TalkingCall.Open(scripts[index], gateways, index, _clock, token));
        return new OpenCalls(opened);
    }
}
