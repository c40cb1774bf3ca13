using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Clusters;

/// <summary>A call whose silo is gone has to learn anew who takes part. Who goes in just that moment is not forgotten.</summary>
public sealed class CallsThatLostTheirSilo
{
    const int Calls = 12;

    // Participants that were forgotten end by themselves after 30 s without a connection.
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task Who_hangs_up_or_leaves_before_the_call_has_heard_of_them_is_finished()
    {
        await using var cluster = await ClusterProcesses.Start(silos: 2, gateways: 2, SiloProcess.Scripted);
        var calls = await Task.WhenAll(Enumerable.Range(0, Calls).Select(async _ =>
        {
            var here = await TestCall.Open(cluster.Gateways[0].Address, new { absenceSeconds = 1, emptySeconds = 5 });
            var there = here.At(cluster.Gateways[1].Address);
            return (Here: here, There: there, Leaves: await here.Join("ana", "es"), HangsUp: await there.Join("ben", "en"));
        }));

        await cluster.Silos[0].Kill();
        foreach (var call in calls)
            call.HangsUp.Client.Abort();
        await Task.WhenAll(calls.Select(static call => call.Leaves.Client.Send(new Leave())));

        await Until.True("no call and no participant is left", async () => await Held(cluster.Silos[1]) == 0, Limit);
        foreach (var (here, there, _, _) in calls)
        {
            await here.DisposeAsync();
            await there.DisposeAsync();
        }
    }

    static async Task<double> Held(ClusterProcess silo) => (await silo.Address.GetText("/metrics")).Split('\n')
        .Where(static line => line.StartsWith("voicegrains_calls", StringComparison.Ordinal) || line.StartsWith("voicegrains_participants", StringComparison.Ordinal))
        .Sum(static line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
}
