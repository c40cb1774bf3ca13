using System.Collections.Concurrent;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Cluster.Conformance;

/// <summary>What the grains of this product rely on, stated once for every runtime they may run on.</summary>
public sealed class GrainSemantics(SiloFixture silo) : IClassFixture<SiloFixture>
{
    IProbeGrain NewProbe() => silo.Grains.GetGrain<IProbeGrain>(Guid.NewGuid().ToString());

    [Fact]
    public async Task One_key_has_one_activation_even_when_many_callers_race_for_it()
    {
        var key = Guid.NewGuid().ToString();

        var identities = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => silo.Grains.GetGrain<IProbeGrain>(key).Identity())));

        Assert.Single(identities.Distinct());
    }

    [Fact]
    public async Task Different_keys_are_different_grains()
    {
        Assert.NotEqual(await NewProbe().Identity(), await NewProbe().Identity());
    }

    [Fact]
    public async Task A_grain_knows_its_key()
    {
        Assert.Equal("some/key with spaces", await silo.Grains.GetGrain<IProbeGrain>("some/key with spaces").Key());
    }

    [Fact]
    public async Task A_message_arrives_with_its_members()
    {
        var note = await NewProbe().Echo(new Note("ñandú", [1, 2, 3]));

        Assert.Equal("ñandú", note.Text);
        Assert.Equal([1, 2, 3], note.Numbers);
    }

    [Fact]
    public async Task Calls_run_one_at_a_time()
    {
        var probe = NewProbe();
        var first = probe.Hold();
        var second = probe.Hold();
        await Until.True("the first call runs", () => probe.Running().Result == 1);

        await probe.Release();

        Assert.All(await Task.WhenAll(first, second), static most => Assert.Equal(1, most));
    }

    [Fact]
    public async Task An_interleaving_call_runs_while_another_waits()
    {
        var probe = NewProbe();
        var held = probe.Hold();

        await Until.True("the waiting call is seen by an interleaving one", () => probe.Running().Result == 1);
        await probe.Release();

        Assert.Equal(1, await held);
    }

    [Fact]
    public async Task Turns_never_overlap_so_fields_need_no_lock()
    {
        var probe = NewProbe();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => probe.CountTogether(50)));

        Assert.Equal(1_000, await probe.CountTogether(0));
    }

    [Fact]
    public async Task An_exception_reaches_the_caller_with_its_type_and_message()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => NewProbe().Break("no good"));

        Assert.Equal("no good", error.Message);
    }

    [Fact]
    public async Task A_call_without_an_answer_times_out()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => NewProbe().Hang());
    }

    [Fact]
    public async Task A_one_way_call_tells_nothing_of_its_failure()
    {
        await NewProbe().Throw();
    }

    [Fact]
    public async Task A_grain_can_call_another()
    {
        Assert.Equal("other", await NewProbe().CallOther("other"));
    }

    [Fact]
    public async Task A_timer_ticks_until_its_grain_ends()
    {
        var probe = NewProbe();
        await probe.StartTimer(TimeSpan.FromMilliseconds(20));

        await Until.True("the timer ticked three times", () => probe.Ticks().Result >= 3);
        await probe.End();
        await Until.True("the next activation has no ticks", () => probe.Ticks().Result == 0);
    }

    [Fact]
    public async Task A_grain_that_ends_is_made_anew_by_the_next_call()
    {
        var probe = NewProbe();
        var before = await probe.Identity();

        await probe.End();

        await Until.True("the activation is another", () => probe.Identity().Result != before);
    }

    [Fact]
    public async Task Calls_that_come_while_a_grain_ends_are_not_lost()
    {
        var probe = NewProbe();

        for (var round = 0; round < 20; round++)
        {
            var calls = Enumerable.Range(0, 10).Select(_ => probe.Identity()).ToList();
            var end = probe.End();
            calls.AddRange(Enumerable.Range(0, 10).Select(_ => probe.Identity()));
            await Task.WhenAll([.. calls, end]);
        }
    }

    [Fact]
    public async Task References_to_the_same_grain_are_equal()
    {
        var key = Guid.NewGuid().ToString();

        Assert.Equal(silo.Grains.GetGrain<IProbeGrain>(key), silo.Grains.GetGrain<IProbeGrain>(key));
        Assert.NotEqual(silo.Grains.GetGrain<IProbeGrain>(key), NewProbe());
        await Task.CompletedTask;
    }

    [Fact]
    public async Task An_observer_hears_in_order_and_one_call_at_a_time()
    {
        var observer = new Listener();
        var reference = silo.Grains.CreateObjectReference<IProbeObserver>(observer);
        var probe = NewProbe();

        for (var i = 0; i < 50; i++)
            await probe.Tell(reference, $"{i}");

        Assert.Equal(Enumerable.Range(0, 50).Select(static i => $"{i}"), observer.Heard);
        Assert.False(observer.HasOverlapped);
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task A_call_to_a_deleted_observer_fails()
    {
        var observer = new Listener();
        var reference = silo.Grains.CreateObjectReference<IProbeObserver>(observer);
        silo.Grains.DeleteObjectReference<IProbeObserver>(reference);

        await Assert.ThrowsAnyAsync<Exception>(() => NewProbe().Tell(reference, "gone"));

        Assert.Empty(observer.Heard);
    }

    [Fact]
    public async Task The_management_grain_counts_activations()
    {
        await NewProbe().Key();

        var statistics = await silo.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();

        Assert.Contains(statistics, static statistic => statistic.ActivationCount > 0 && statistic.GrainType.Contains("probe", StringComparison.OrdinalIgnoreCase));
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
