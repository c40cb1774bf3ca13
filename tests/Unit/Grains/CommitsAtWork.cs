using VoiceGrains.Checkpoints;
using VoiceGrains.Participants;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Commits of a speaker with two gateways, who delivers letters. A checkpoint has as many segments as there were changes.</summary>
sealed class CommitsAtWork
{
    Commits _commits = null!;
    int _changes;

    public ManualTime Time { get; } = new();

    public Gateway East { get; } = new();

    public Gateway West { get; } = new();

    public string Delivered { get; private set; } = "";

    /// <summary>Changes something that listeners get.</summary>
    public long Change(string what)
    {
        _changes++;
        var version = _commits.Changed();
        _commits.Deliver(version, () => Deliver(what));
        return version;
    }

    public void Deliver(string what) => Delivered += what;

    public Task Delivers(string expected) => Support.Until.True($"this is delivered: {expected}", () => Delivered == expected);

    public Task Asked(Gateway gateway, int times) =>
        Support.Until.True($"the gateway was asked {times} times", () => gateway.Commits.Count >= times);

    public Task Waits() => Support.Until.True("the next request waits for its time", () => Time.Waiting > 0);

    /// <summary>Lets time pass until the condition holds.</summary>
    public Task Until(string what, Func<bool> condition) => Support.Until.True(what, () =>
    {
        Time.Advance(TimeSpan.FromMilliseconds(10));
        return condition();
    });

    public Task Run(Func<Commits, Task> test) => Turns.Run(async () =>
    {
        await using var commits = _commits = new Commits(Snapshot, Time);
        await test(commits);
    });

    CommitRequest Snapshot(long version) =>
        new(new ParticipantId("ana"), default, Kept.Checkpoint() with { Version = version, LastSegment = _changes }, 0, IsRewound: false);
}
