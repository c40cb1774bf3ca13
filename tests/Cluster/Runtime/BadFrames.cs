using System.Net;
using Npgsql;
using Orleans.Wire;
using VoiceGrains.Tests.Cluster.Conformance;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Cluster.Runtime;

/// <summary>Whatever comes to the port of a silo that is no frame of its cluster gets a named end, and harms nobody else.</summary>
public sealed class BadFrames(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    const string Content = "secret words that no log may hold";

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(OutgoingFrame.Longest + 1)]
    [InlineData(int.MaxValue)]
    public async Task A_frame_of_an_impossible_length_closes_the_connection(int length)
    {
        using var port = await Introduced();

        await port.Send(length, 4);

        await port.Closed();
        await LogNames("its length is");
    }

    [Fact]
    public async Task An_unknown_kind_closes_the_connection()
    {
        using var port = await Introduced();

        await port.Send(1, 99);

        await port.Closed();
        await LogNames("its kind is unknown");
    }

    [Fact]
    public async Task A_request_cut_short_closes_the_connection_and_its_content_is_not_logged()
    {
        using var port = await Introduced();

        await port.Send(1 + Content.Length, [(byte)FrameKind.Request, .. System.Text.Encoding.UTF8.GetBytes(Content)]);

        await port.Closed();
        await LogNames("it ends too early");
        Assert.DoesNotContain(cluster.Processes.Member("silo-1").Output, static line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Random_frames_never_end_a_silo()
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            using var port = await Introduced();
            var content = new byte[random.Next(1, 200)];
            random.NextBytes(content);
            content[0] = (byte)random.Next(4, 11);
            await port.Send(content.Length, content);
        }

        Assert.False(cluster.Processes.Member("silo-1").HasEnded, $"seed {seed}");
        Assert.Equal("silo-1", await (await cluster.ProbeOn("silo-1")).Silo());
    }

    [Fact]
    public async Task Another_protocol_version_is_refused_by_name_on_both_sides()
    {
        var (endpoint, generation) = await SiloOne();
        using var port = await SiloPort.Connect(endpoint);

        var refused = await Assert.ThrowsAsync<HandshakeRefusedException>(() => port.Introduce(generation, version: 7));

        Assert.Equal(Refusal.OtherProtocolVersion, refused.Refusal);
        await LogNames("speaks protocol version 7, this one 1");
    }

    [Fact]
    public async Task Another_cluster_is_refused_by_name_on_both_sides()
    {
        var (endpoint, generation) = await SiloOne();
        using var port = await SiloPort.Connect(endpoint);

        var refused = await Assert.ThrowsAsync<HandshakeRefusedException>(() => port.Introduce(generation, "elsewhere"));

        Assert.Equal(Refusal.OtherCluster, refused.Refusal);
        await LogNames("belongs to the cluster");
    }

    [Fact]
    public async Task Whoever_means_another_silo_is_told_so()
    {
        var (endpoint, generation) = await SiloOne();
        using var port = await SiloPort.Connect(endpoint);

        Assert.Equal(Refusal.OtherSilo, (await Assert.ThrowsAsync<HandshakeRefusedException>(() => port.Introduce(generation + 1_000))).Refusal);
    }

    [Fact]
    public async Task Whoever_says_nothing_is_not_kept()
    {
        var (endpoint, _) = await SiloOne();
        using var port = await SiloPort.Connect(endpoint);

        await port.Closed();
    }

    [Fact]
    public async Task A_message_beyond_the_longest_frame_fails_its_call_alone()
    {
        var probe = await cluster.ProbeOn("silo-1");

        var error = await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => probe.Weigh(new byte[OutgoingFrame.Longest]));

        Assert.Contains("are the most", error.Message, StringComparison.Ordinal);
        Assert.Equal(OutgoingFrame.Longest - 1_000, await probe.Weigh(new byte[OutgoingFrame.Longest - 1_000]));
    }

    async Task<SiloPort> Introduced()
    {
        var (endpoint, generation) = await SiloOne();
        var port = await SiloPort.Connect(endpoint);
        await port.Introduce(generation);
        return port;
    }

    async Task<(IPEndPoint Endpoint, int Generation)> SiloOne()
    {
        await using var database = NpgsqlDataSource.Create(cluster.Processes.Postgres.ConnectionString);
        await using var command = database.CreateCommand("SELECT port, generation FROM runtime_silo WHERE name = 'silo-1' AND status = 3");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (new IPEndPoint(IPAddress.Loopback, reader.GetInt32(0)), reader.GetInt32(1));
    }

    Task LogNames(string flaw) => Until.True(
        $"the log says: {flaw}", () => cluster.Processes.Member("silo-1").Output.Any(line => line.Contains(flaw, StringComparison.Ordinal)));
}
