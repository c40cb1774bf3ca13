using Npgsql;
using VoiceGrains.Tests.Cluster.Conformance;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Cluster.Runtime;

/// <summary>Who is declared dead, and who is not.</summary>
public sealed class LeaseRules
{
    [Fact]
    public async Task A_silo_that_wakes_up_after_it_was_declared_dead_exits()
    {
        await using var cluster = await Start();
        var hung = cluster.Processes.Member("silo-2");
        hung.Suspend();
        await Until.True("the silo is declared dead", async () => await StatusOf(cluster, "silo-2") == 6);

        hung.Resume();

        Assert.Equal(3, await hung.Ended());
        Assert.Single(hung.Output, static line => line.Contains("was declared dead while it did not run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_silo_that_hangs_for_less_than_a_lease_goes_on()
    {
        await using var cluster = await Start();
        var probe = await cluster.ProbeOn("silo-2");
        var before = await probe.Identity();

        cluster.Processes.Member("silo-2").Suspend();
        var waiting = probe.Identity();
        await Until.True("a second has passed", Passed(TimeSpan.FromSeconds(1)));
        cluster.Processes.Member("silo-2").Resume();

        Assert.Equal(before, await waiting);
        Assert.Equal(3, await StatusOf(cluster, "silo-2"));
    }

    [Fact]
    public async Task While_the_database_is_away_nobody_is_declared_dead_and_what_is_active_serves()
    {
        await using var cluster = await Start();
        var probes = await Task.WhenAll(cluster.ProbeOn("silo-1"), cluster.ProbeOn("silo-2"), cluster.ProbeOn("silo-3"));
        var before = await Task.WhenAll(probes.Select(static probe => probe.Identity()));

        await cluster.Processes.Postgres.Stop();
        var passed = Passed(TimeSpan.FromSeconds(5));
        while (!passed())
            Assert.Equal(before, await Task.WhenAll(probes.Select(static probe => probe.Identity())));
        var refused = await Assert.ThrowsAnyAsync<OrleansException>(() => cluster.Grains.GetGrain<IProbeGrain>("new").Key().WaitAsync(TimeSpan.FromSeconds(2.5)));
        await cluster.Processes.Postgres.StartAgain();

        Assert.Contains("directory", refused.Message, StringComparison.Ordinal);
        Assert.Equal("new", await cluster.Answer("new grains can be activated again", cluster.Grains.GetGrain<IProbeGrain>("new").Key));
        passed = Passed(TimeSpan.FromSeconds(4));
        while (!passed())
            Assert.Equal(before, await Task.WhenAll(probes.Select(static probe => probe.Identity())));
        Assert.All(cluster.Processes.Silos, static silo => Assert.False(silo.HasEnded));
    }

    [Fact]
    public async Task Within_a_lease_of_the_start_of_the_database_nobody_is_declared_dead()
    {
        await using var cluster = await Start();
        await cluster.Processes.Postgres.Stop();
        await cluster.Processes.Member("silo-3").Kill();
        await cluster.Processes.Postgres.StartAgain();

        while (cluster.Processes.Postgres.Age < TimeSpan.FromSeconds(2.5))
            Assert.Equal(3, await StatusOf(cluster, "silo-3"));

        await Until.True("the silo is declared dead after that", async () => await StatusOf(cluster, "silo-3") == 6);
    }

    [Fact]
    public async Task A_silo_that_left_has_no_row_and_no_grains()
    {
        await using var cluster = await Start();
        await cluster.ProbeOn("silo-3");

        await cluster.Processes.Member("silo-3").Stop();

        Assert.Null(await StatusOf(cluster, "silo-3"));
        Assert.Equal(0L, await Ask(cluster, "SELECT count(*) FROM runtime_activation a WHERE NOT EXISTS (SELECT FROM runtime_silo s WHERE s.generation = a.silo)"));
    }

    [Fact]
    public async Task The_row_of_a_grain_goes_with_its_activation()
    {
        await using var cluster = await Start();
        var probe = cluster.Grains.GetGrain<IProbeGrain>("alone");
        await probe.Key();

        await probe.End();

        await Until.True("the row is gone", async () => (long)(await Ask(cluster, "SELECT count(*) FROM runtime_activation WHERE grain_key = 'alone'"))! == 0);
    }

    static async Task<ClusterFixture> Start()
    {
        var cluster = new ClusterFixture();
        await cluster.InitializeAsync();
        return cluster;
    }

    static Func<bool> Passed(TimeSpan time)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        return () => watch.Elapsed > time;
    }

    static async Task<int?> StatusOf(ClusterFixture cluster, string silo) =>
        await Ask(cluster, $"SELECT status FROM runtime_silo WHERE name = '{silo}'") is short status ? status : null;

    static async Task<object?> Ask(ClusterFixture cluster, string question)
    {
        await using var database = NpgsqlDataSource.Create(cluster.Processes.Postgres.ConnectionString);
        await using var command = database.CreateCommand(question);
        return await command.ExecuteScalarAsync();
    }
}
