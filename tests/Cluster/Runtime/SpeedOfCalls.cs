using System.Diagnostics;
using VoiceGrains.Tests.Cluster.Conformance;

namespace VoiceGrains.Tests.Cluster.Runtime;

/// <summary>What a call between processes costs. The figure is printed; the limit is far above it, because test machines are busy.</summary>
public sealed class SpeedOfCalls(ClusterFixture cluster, ITestOutputHelper output) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task A_call_with_a_frame_takes_a_fraction_of_a_millisecond()
    {
        var probe = await cluster.ProbeOn("silo-1");
        var frame = new byte[3_200];
        var taken = new double[3_000];
        for (var i = 0; i < taken.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await probe.Weigh(frame);
            taken[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(taken);
        output.WriteLine($"3,200 bytes: p50 {taken[1_500]:F3} ms, p95 {taken[2_850]:F3} ms, p99 {taken[2_970]:F3} ms");
        Assert.True(taken[1_500] < 3, $"p50 {taken[1_500]} ms");
    }
}
