using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Clusters;

/// <summary>PostgreSQL is away longer than any lease of the cluster.</summary>
public sealed class DatabaseAway
{
    static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Talking_goes_on_nobody_is_declared_dead_and_all_is_recorded_when_the_database_is_back()
    {
        await using var cluster = await ClusterProcesses.Start(silos: 2, gateways: 2, SiloProcess.Scripted);
        await using var here = await TestCall.Open(cluster.Gateways[0].Address);
        await using var there = here.At(cluster.Gateways[1].Address);
        var ana = await here.Join("ana", "es");
        var ben = await there.Join("ben", "en");
        await ben.Speak("with it");
        await ben.UntilRecorded();

        await cluster.Postgres.Stop();
        var stoppedAt = TimeProvider.System.GetTimestamp();
        var recorded = ben.Client.Recorded;
        var said = new List<string> { "with it" };
        while (TimeProvider.System.GetElapsedTime(stoppedAt) < Outage)
        {
            said.Add($"without it {said.Count}");
            await ben.Speak(said[^1]);
            await ana.Until(said[^1], () => ana.HeardWords == string.Join(' ', said.Select(Translated)));
            foreach (var silo in cluster.Silos)
                await ana.Until($"{silo.Name} says that it is degraded", async () => (await silo.Address.GetText("/health/ready")).Contains("Degraded", StringComparison.Ordinal));
            // A sentence each two seconds.
            await ana.Until("the next is due", () => TimeProvider.System.GetElapsedTime(stoppedAt) > TimeSpan.FromSeconds(2 * said.Count));
        }

        Assert.Equal(recorded, ben.Client.Recorded);
        await cluster.Postgres.StartAgain();
        await ben.UntilRecorded();

        var transcript = await here.Transcript("format=text");
        Assert.All(said, sentence => Assert.Contains(sentence, transcript, StringComparison.Ordinal));
        await here.AssertNothingIsLost("ben");
        foreach (var member in cluster.Members)
            await ana.Until($"{member.Name} is well again", async () => (await member.Address.GetText("/health/ready")).Contains("Healthy", StringComparison.Ordinal));
        Assert.All(cluster.Members, static member => Assert.DoesNotContain(member.Output, static line => line.Contains("is declared dead: ", StringComparison.Ordinal)));
        Assert.False(ana.IsOver || ben.IsOver, "A connection was lost.");
    }

    static string Translated(string said) => string.Join(' ', said.Split(' ').Select(static word => word + "·es"));
}
