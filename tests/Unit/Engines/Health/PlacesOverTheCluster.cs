using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Engines.Health;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Engines.Health;

/// <summary>The places of an account are counted over all silos, exactly, and those of a silo that is gone come back.</summary>
public sealed class PlacesOverTheCluster
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    readonly ManualTime _time = new();
    readonly Ledger _ledger;
    readonly SharedSlots _east;
    readonly SharedSlots _west;

    public PlacesOverTheCluster()
    {
        _ledger = new Ledger(_time);
        _east = new SharedSlots("told", 3, "east", _ledger, _time);
        _west = new SharedSlots("told", 3, "west", _ledger, _time);
    }

    [Fact]
    public async Task All_silos_together_have_as_many_as_the_account()
    {
        var first = await _east.Take(Limit, CancellationToken.None);
        await _west.Take(Limit, CancellationToken.None);
        await _east.Take(Limit, CancellationToken.None);

        var fourth = _west.Take(Limit, CancellationToken.None).AsTask();
        Assert.False(fourth.IsCompleted);
        await first.DisposeAsync();
        await Passes(fourth);

        await fourth;
        Assert.Equal(3, _ledger.Most);
    }

    [Fact]
    public async Task Who_gets_none_in_time_is_told_that_it_is_too_much()
    {
        for (var i = 0; i < 3; i++)
            await _east.Take(Limit, CancellationToken.None);

        var late = Take(_west, Limit);
        var atOnce = Take(_west, TimeSpan.Zero);
        await Passes(Task.WhenAll(late, atOnce));

        Assert.Equal(FaultKind.NoPlace, (await Assert.ThrowsAsync<EngineFaultException>(() => late)).Kind);
        Assert.Equal(FaultKind.NoPlace, (await Assert.ThrowsAsync<EngineFaultException>(() => atOnce)).Kind);
    }

    [Fact]
    public async Task A_silo_that_is_gone_holds_nothing_soon_and_one_that_is_there_keeps_what_it_has()
    {
        await _east.Take(Limit, CancellationToken.None);
        await _east.Take(Limit, CancellationToken.None);
        await _west.Take(Limit, CancellationToken.None);

        // Nobody hears of the eastern silo any more.
        for (var second = 0; second < 6; second += 2)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            await _west.Renew();
        }

        await _west.Take(Limit, CancellationToken.None);
        await _west.Take(Limit, CancellationToken.None);
        var fourth = Take(_west, Limit);
        await Passes(fourth);
        await Assert.ThrowsAsync<EngineFaultException>(() => fourth);
    }

    [Fact]
    public async Task A_vendor_that_says_there_are_fewer_is_believed()
    {
        _east.Told(0, 1);
        await _east.Take(Limit, CancellationToken.None);

        var second = Take(_east, TimeSpan.Zero);
        await Passes(second);

        await Assert.ThrowsAsync<EngineFaultException>(() => second);
    }

    [Fact]
    public async Task While_nobody_counts_nobody_is_let_in_and_then_at_once()
    {
        _ledger.IsAway = true;
        var taken = _east.Take(Limit, CancellationToken.None).AsTask();
        Assert.False(taken.IsCompleted);

        _ledger.IsAway = false;
        await Passes(taken);

        await taken;
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_nothing_behind()
    {
        for (var i = 0; i < 2; i++)
            await _east.Take(Limit, CancellationToken.None);
        var last = await _east.Take(Limit, CancellationToken.None);
        using var gone = new CancellationTokenSource();
        var waiting = _east.Take(Limit, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        await last.DisposeAsync();
        var next = _west.Take(Limit, CancellationToken.None).AsTask();
        await Passes(next);

        await next;
        Assert.Equal(3, _ledger.Most);
    }

    [Fact]
    public async Task Random_takers_on_three_silos_never_have_more_than_there_are()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        SharedSlots[] silos = [_east, _west, new SharedSlots("told", 3, "north", _ledger, _time)];
        var held = new List<IAsyncDisposable>();
        for (var i = 0; i < 500; i++)
        {
            if (random.Next(2) == 0 && held.Count > 0)
            {
                var at = random.Next(held.Count);
                await held[at].DisposeAsync();
                held.RemoveAt(at);
            }
            else if (held.Count < 3)
            {
                var taken = silos[random.Next(3)].Take(Limit, CancellationToken.None).AsTask();
                await Passes(taken);
                held.Add(await taken);
            }

            if (random.Next(5) == 0)
                await Task.WhenAll(silos.Select(static silo => silo.Renew()));
            Assert.True(_ledger.Most <= 3, $"Seed {seed}, step {i}: {_ledger.Most} at a time.");
        }
    }

    static async Task Take(SharedSlots slots, TimeSpan limit) => await slots.Take(limit, CancellationToken.None);

    Task Passes(Task task) => Until.True("it is decided", () =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(25));
        return task.IsCompleted;
    });

    /// <summary>The grain's count without a grain.</summary>
    sealed class Ledger(ManualTime time) : IEngineHealthGrain
    {
        readonly SlotLedger _slots = new();

        public bool IsAway { get; set; }

        /// <summary>Most at a time so far.</summary>
        public int Most { get; private set; }

        public Task<EngineStatus> Order(BreakerOrder order) => throw new NotSupportedException();

        public Task<SlotOutcome> Take(SlotRequest request)
        {
            if (IsAway)
                throw new Orleans.Runtime.OrleansException("The grain is away.");
            lock (_slots)
            {
                var isTaken = _slots.TryTake(request.Silo, request.Slot, request.Limit, time.GetUtcNow());
                Most = Math.Max(Most, _slots.Taken);
                return Task.FromResult(isTaken ? SlotOutcome.Taken : SlotOutcome.Full);
            }
        }

        public Task Hold(string silo, ImmutableArray<long> slots)
        {
            lock (_slots)
                _slots.Renew(silo, slots, time.GetUtcNow());
            return Task.CompletedTask;
        }

        public Task<EngineStatus> Report(EngineReport report) => throw new NotSupportedException();
    }
}
