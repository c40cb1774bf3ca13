using VoiceGrains.Operations;

namespace VoiceGrains.Tests.Unit.Ops;

/// <summary>What operators did, where there is no database.</summary>
public sealed class AuditInMemory
{
    static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly MemoryAuditStore _store = new();

    [Fact]
    public async Task The_newest_come_first_in_pages()
    {
        for (var i = 1; i <= 5; i++)
            await Begin($"silo-{i}");

        var first = await _store.List(long.MaxValue, 2, CancellationToken.None);
        var next = await _store.List(first[^1].Number, 2, CancellationToken.None);

        Assert.Equal(["silo-5", "silo-4", "silo-3", "silo-2"], first.Concat(next).Select(static entry => entry.Action.Target));
    }

    [Fact]
    public async Task The_first_result_counts_and_without_one_it_is_not_known()
    {
        var (done, lost) = (await Begin("silo-1"), await Begin("silo-2"));

        await _store.End(done, "drained", At.AddSeconds(1), CancellationToken.None);
        await _store.End(done, "something else", At.AddSeconds(2), CancellationToken.None);

        var entries = await _store.List(long.MaxValue, 10, CancellationToken.None);
        Assert.Equal(("drained", At.AddSeconds(1)), (entries[1].Result, entries[1].EndedAt));
        Assert.Equal((lost, null, null), (entries[0].Number, entries[0].Result, entries[0].EndedAt));
    }

    [Fact]
    public async Task It_is_bounded()
    {
        for (var i = 0; i < 10_100; i++)
            await Begin("silo-1");

        Assert.Equal(10_000, (await _store.List(long.MaxValue, int.MaxValue, CancellationToken.None)).Count);
    }

    Task<long> Begin(string target) => _store.Begin(new AuditedAction("session", "127.0.0.1", "drain-silo", target), At, CancellationToken.None);
}
