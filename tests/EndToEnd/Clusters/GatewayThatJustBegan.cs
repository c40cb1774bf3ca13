using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Clusters;

/// <summary>Gateways tell each other that they are there every 2 s: one that begins between is not forgotten.</summary>
public sealed class GatewayThatJustBegan
{
    [Fact]
    public async Task Clients_of_one_that_stops_are_sent_to_it()
    {
        await using var cluster = await ClusterProcesses.Start(silos: 1, gateways: 1, SiloProcess.Scripted);
        var first = cluster.Gateways[0];
        await using var call = await TestCall.Open(first.Address);
        var ben = await call.Join("ben", "en");
        var second = await cluster.AddGateway();
        await using var there = call.At(second.Address);
        var cora = await there.Join("cora", "en");
        await cora.Until("the region knows the second", () => cora.Gateways.Contains($"ws://{second.Address.Authority}"));

        var stopped = first.Stop();

        await ben.Until<Moving>("they are sent to the second", moving => moving.Gateways.SequenceEqual([$"ws://{second.Address.Authority}"]));
        Assert.Equal(CloseCode.Draining, await ben.UntilClosed());
        await stopped;
    }
}
