using System.Collections.Concurrent;
using System.Diagnostics;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Cluster.Conformance;

/// <summary>What the grains rely on when processes die, hang or leave. Each test has a cluster of its own.</summary>
public sealed class FailingProcesses(ITestOutputHelper output)
{
    [Fact]
    public async Task After_a_kill_calls_fail_and_then_reach_a_new_activation_elsewhere()
    {
        await using var cluster = await Start();
        var probes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => cluster.ProbeOn("silo-2")));
        var held = probes[0].Hold();
        var watch = Stopwatch.StartNew();

        await cluster.Processes.Member("silo-2").Kill();

        if (cluster.FailsHeldCallsAtOnce)
            await Assert.ThrowsAnyAsync<OrleansException>(() => held);
        foreach (var probe in probes)
            Assert.NotEqual("silo-2", await cluster.Answer("a new activation answers", probe.Silo));
        output.WriteLine($"20 grains answered again {watch.ElapsedMilliseconds} ms after the kill.");
        Assert.True(watch.Elapsed < cluster.FailoverLimit, $"{watch.Elapsed}");
        Assert.True(await Record.ExceptionAsync(() => held) is OrleansException or TimeoutException);
    }

    [Fact]
    public async Task A_silo_that_stops_lets_its_grains_go_on_elsewhere_and_at_worst_refuses_a_call_that_comes_late()
    {
        await using var cluster = await Start();
        var probes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => cluster.ProbeOn("silo-1")));
        var stopped = false;
        var refused = new ConcurrentQueue<long>();
        var callers = probes.Select(async probe =>
        {
            var calls = 0;
            while (!Volatile.Read(ref stopped))
            {
                try
                {
                    await probe.Key();
                    calls++;
                }
                catch (OrleansMessageRejectionException)
                {
                    refused.Enqueue(Stopwatch.GetTimestamp());
                }
            }

            return calls;
        }).ToList();

        Assert.Equal(0, await cluster.Processes.Member("silo-1").Stop());
        Volatile.Write(ref stopped, true);

        Assert.All(await Task.WhenAll(callers), static calls => Assert.True(calls > 0));
        output.WriteLine($"{refused.Count} calls were refused.");
        if (cluster.RefusesAtStopFor == TimeSpan.Zero)
            Assert.Empty(refused);
        else if (!refused.IsEmpty)
            Assert.InRange(Stopwatch.GetElapsedTime(refused.Min(), refused.Max()), TimeSpan.Zero, cluster.RefusesAtStopFor);
        Assert.All(await Task.WhenAll(probes.Select(static probe => probe.Silo())), static silo => Assert.NotEqual("silo-1", silo));
        Assert.Empty(cluster.Processes.Silos.SelectMany(static silo => silo.Errors));
    }

    [Fact]
    public async Task A_hung_silo_is_replaced_and_what_it_says_after_waking_reaches_nobody()
    {
        await using var cluster = await Start();
        var probe = await cluster.ProbeOn("silo-3");
        var before = await probe.Identity();
        var hung = cluster.Processes.Member("silo-3");
        var watch = Stopwatch.StartNew();

        hung.Suspend();
        var after = await cluster.Answer("a new activation answers", probe.Identity);
        output.WriteLine($"Answered again {watch.ElapsedMilliseconds} ms after the hang.");
        hung.Resume();

        Assert.NotEqual(before, after);
        await hung.Ended();
        for (var i = 0; i < 100; i++)
            Assert.Equal(after, await probe.Identity());
    }

    [Fact]
    public async Task A_silo_that_comes_back_takes_grains_again()
    {
        await using var cluster = await Start();
        await cluster.Processes.Member("silo-2").Kill();

        await cluster.Processes.Member("silo-2").StartAgain();

        await cluster.Answer("a grain lives on the silo that came back", async () => (await cluster.ProbeOn("silo-2")).Key());
    }

    static async Task<ClusterFixture> Start()
    {
        var cluster = new ClusterFixture();
        await cluster.InitializeAsync();
        return cluster;
    }
}
