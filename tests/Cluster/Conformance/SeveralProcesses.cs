using System.Collections.Concurrent;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Cluster.Conformance;

/// <summary>What the grains rely on when silos and callers are processes of their own.</summary>
public sealed class SeveralProcesses(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    IProbeGrain NewProbe() => cluster.Grains.GetGrain<IProbeGrain>(Guid.NewGuid().ToString());

    [Fact]
    public async Task Grains_are_spread_over_the_silos()
    {
        var silos = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => NewProbe().Silo()));

        Assert.Equal(["silo-1", "silo-2", "silo-3"], silos.Distinct().Order());
    }

    [Fact]
    public async Task One_key_has_one_activation_even_when_clients_and_silos_race_for_it()
    {
        var other = await cluster.NewClient();
        for (var round = 0; round < 20; round++)
        {
            var key = Guid.NewGuid().ToString();
            var identities = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
                Task.Run(() => (number % 2 == 0 ? cluster.Grains : other).GetGrain<IProbeGrain>(key).Identity())));

            Assert.Single(identities.Distinct());
        }
    }

    [Fact]
    public async Task Messages_arrive_with_their_members_cases_and_bytes()
    {
        var audio = new byte[3_200];
        new Random(7).NextBytes(audio);

        var note = await NewProbe().Echo(new Note("ñandú", [1, 2, 3]));
        var circle = await NewProbe().EchoShape(new Circle("round", 1.5));
        var recording = Assert.IsType<Recording>(await NewProbe().EchoShape(new Recording("voice", audio, [audio.AsMemory(0, 7), default])));

        Assert.Equal(("ñandú", 3), (note.Text, note.Numbers.Length));
        Assert.Equal(new Circle("round", 1.5), circle);
        Assert.Equal(audio, recording.Audio.ToArray());
        Assert.Equal([7, 0], recording.More.Select(static more => more.Length));
    }

    [Fact]
    public async Task Exceptions_arrive_by_type_and_message_and_unknown_ones_still_say_what_they_were()
    {
        var known = await Assert.ThrowsAsync<InvalidOperationException>(() => NewProbe().Break("no good"));
        var unknown = await Assert.ThrowsAnyAsync<Exception>(() => NewProbe().BreakStrangely("odd"));

        Assert.Equal("no good", known.Message);
        Assert.Contains("odd", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_without_an_answer_times_out() => await Assert.ThrowsAsync<TimeoutException>(() => NewProbe().Hang());

    [Fact]
    public async Task An_observer_hears_over_processes_in_order_and_one_call_at_a_time()
    {
        var observer = new Listener();
        var reference = cluster.Grains.CreateObjectReference<IProbeObserver>(observer);

        for (var round = 0; round < 50; round++)
            await (await cluster.ProbeOn($"silo-{(round % 3) + 1}")).Tell(reference, $"{round}");

        Assert.Equal(Enumerable.Range(0, 50).Select(static i => $"{i}"), observer.Heard);
        Assert.False(observer.HasOverlapped);
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task A_reference_may_be_handed_on_to_a_grain_elsewhere()
    {
        var observer = new Listener();
        var reference = cluster.Grains.CreateObjectReference<IProbeObserver>(observer);

        await (await cluster.ProbeOn("silo-1")).TellThrough(await cluster.ProbeOn("silo-2"), reference, "hello");

        Assert.Equal(["hello"], observer.Heard);
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task A_grain_moves_to_another_silo_and_calls_follow_it()
    {
        var probe = await cluster.ProbeOn("silo-2");

        await probe.Move();

        await Until.True("the grain lives elsewhere", async () => await probe.Silo() != "silo-2");
        Assert.Equal(await probe.Identity(), await (await cluster.NewClient()).GetGrain<IProbeGrain>(await probe.Key()).Identity());
    }

    [Fact]
    public async Task The_management_grain_answers_for_the_whole_cluster()
    {
        foreach (var silo in (string[])["silo-1", "silo-2", "silo-3"])
            await cluster.ProbeOn(silo);

        var management = cluster.Grains.GetGrain<IManagementGrain>(0);
        var hosts = await management.GetHosts(onlyActive: true);
        var statistics = await management.GetSimpleGrainStatistics();

        Assert.Equal(3, hosts.Count(static host => host.Value == SiloStatus.Active));
        var probes = statistics.Where(static statistic => statistic.GrainType.Contains("probe", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(3, probes.DistinctBy(static statistic => statistic.SiloAddress).Count());
    }

    sealed class Listener : IProbeObserver
    {
        int _inside;

        public ConcurrentQueue<string> Heard { get; } = new();

        public bool HasOverlapped { get; private set; }

        public async Task Hear(string text)
        {
            HasOverlapped |= Interlocked.Increment(ref _inside) > 1;
            await Task.Yield();
            Heard.Enqueue(text);
            Interlocked.Decrement(ref _inside);
        }
    }
}
