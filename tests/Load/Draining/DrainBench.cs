using System.Globalization;
using VoiceGrains.Client;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Load.Draining;

/// <summary>
/// How long a silo takes to be drained that has many talking participants: all of them live on one silo, a second one joins, and the first is asked to end. Nothing
/// that anybody said may be missing afterwards.
/// </summary>
/// <param name="people">How many talk at the same time, two in each call.</param>
sealed class DrainBench(int people, int runs, TextWriter output)
{
    static readonly TimeSpan TalkBefore = TimeSpan.FromSeconds(8);
    static readonly TimeSpan TalkAfter = TimeSpan.FromSeconds(4);
    static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(60);
    const int JoinsAtOnce = 8;

    // As slow and as strict as engines of vendors.
    static readonly string[] Engines =
    [
        .. SiloProcess.Scripted,
        "--Scripted:RecognizerSpeed", "1.25", "--Scripted:RecognizerLatencyMs", "100", "--Scripted:TranslatorLatencyMs", "50",
        "--Scripted:SynthesisSpeed", "3", "--Scripted:SynthesizedWordMs", "250",
    ];

    /// <summary>Reads <c>--people N --runs N</c>. Null: they make no sense.</summary>
    public static DrainBench? Read(string[] arguments, TextWriter output)
    {
        var given = new Dictionary<string, int> { ["--people"] = 200, ["--runs"] = 3 };
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (!given.ContainsKey(arguments[i]) || i + 1 == arguments.Length || !int.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out var value))
                return null;
            given[arguments[i]] = value;
        }

        return given["--people"] is < 2 or > 1_000 || given["--runs"] is < 1 or > 100 ? null : new DrainBench(given["--people"], given["--runs"], output);
    }

    public async Task<int> Run()
    {
        var isWhole = true;
        for (var run = 1; run <= runs; run++)
        {
            var drained = await RunOnce();
            isWhole &= drained.Missing == 0 && drained.Lost == 0;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"run {run}: {people} talking participants, drained in {drained.Took.TotalSeconds:0.0} s; {drained.Said} sentences said, {drained.Missing} not heard of, {drained.Lost} frames lost"));
        }

        return isWhole ? 0 : 1;
    }

    async Task<(TimeSpan Took, int Said, int Missing, long Lost)> RunOnce()
    {
        await using var cluster = await ClusterProcesses.Start(silos: 1, gateways: 1, Engines);
        using var calls = cluster.Gateways[0].Calls;
        var talkers = new TalkerOfTwo[people];
        await Parallel.ForEachAsync(Enumerable.Range(0, people / 2), new ParallelOptions { MaxDegreeOfParallelism = JoinsAtOnce }, async (pair, token) =>
        {
            var call = await calls.Open("drain", token);
            for (var seat = 0; seat < 2; seat++)
                talkers[(pair * 2) + seat] = await TalkerOfTwo.Join(calls, call, seat, (pair * 2) + seat, token);
        });

        using var talking = new CancellationTokenSource();
        var all = talkers.Select(talker => talker.Talk(talking.Token)).ToList();
        await Task.Delay(TalkBefore, TimeProvider.System);
        await cluster.AddSilo();
        await Task.Delay(TalkAfter, TimeProvider.System);

        var started = TimeProvider.System.GetTimestamp();
        await cluster.Silos[0].Stop();
        var took = TimeProvider.System.GetElapsedTime(started);

        await Task.Delay(TalkAfter, TimeProvider.System);
        await talking.CancelAsync();
        await Task.WhenAll(all);
        await WaitForAll(talkers);
        var lost = 0L;
        foreach (var talker in talkers)
            lost += await talker.LostFrames(cluster.Gateways[0].Address);
        var missing = talkers.Chunk(2).Sum(static pair => pair[0].NotHeardBy(pair[1]) + pair[1].NotHeardBy(pair[0]));
        foreach (var talker in talkers)
            await talker.DisposeAsync();
        return (took, talkers.Sum(static talker => talker.Said), missing, lost);
    }

    // What is missing after this shows in the figures.
    static async Task WaitForAll(TalkerOfTwo[] talkers)
    {
        try
        {
            await Until.True(
                "everything is heard of", () => talkers.Chunk(2).All(static pair => pair[0].NotHeardBy(pair[1]) + pair[1].NotHeardBy(pair[0]) == 0), SettleLimit);
        }
        catch (TimeoutException)
        {
        }
    }
}
