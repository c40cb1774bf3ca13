using VoiceGrains.Tests.Cluster.Conformance;

namespace VoiceGrains.Tests.Cluster.Runtime;

/// <summary>A peer that hangs costs its callers, never memory. The product counts on less: each of its pumps has one call in flight.</summary>
public sealed class SlowPeers(ITestOutputHelper output)
{
    [Fact]
    public async Task Calls_to_a_hung_silo_fail_and_do_not_pile_up_in_memory()
    {
        await using var cluster = new ClusterFixture();
        await cluster.InitializeAsync();
        var probe = await cluster.ProbeOn("silo-2");
        var frame = new byte[64 * 1024];
        var before = GC.GetTotalMemory(forceFullCollection: true);

        cluster.Processes.Member("silo-2").Suspend();
        var calls = Enumerable.Range(0, 4_000).Select(_ => probe.Weigh(frame)).ToList();
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;

        output.WriteLine($"250 MB were offered, {held / 1024 / 1024} MB are held.");
        Assert.True(held < 100L * 1024 * 1024, $"{held} bytes");
        var failed = 0;
        foreach (var call in calls)
            failed += await Record.ExceptionAsync(() => call) is OrleansException or TimeoutException ? 1 : 0;
        Assert.True(failed > 3_000, $"{failed}");
        Assert.Equal(frame.Length, await cluster.Answer("the grain lives elsewhere", () => probe.Weigh(frame)));
    }
}
