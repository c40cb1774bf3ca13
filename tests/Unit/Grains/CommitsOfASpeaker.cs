using VoiceGrains.Checkpoints;
using VoiceGrains.Participants;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Commit, then deliver: nothing reaches listeners before a gateway keeps it, and everything does in order.</summary>
public sealed class CommitsOfASpeaker
{
    readonly CommitsAtWork _work = new();

    [Fact]
    public Task What_changed_is_delivered_when_it_is_kept_and_not_before() => _work.Run(async commits =>
    {
        _work.East.HoldCommits();
        commits.Attach(_work.East, new Fence(1, 0));
        _work.Change("a");
        await _work.Asked(_work.East, 1);
        Assert.Equal("", _work.Delivered);

        _work.East.ReleaseCommits();

        await _work.Delivers("a");
        Assert.True(commits is { IsEmpty: true, IsAbsent: false });
    });

    [Fact]
    public Task What_changes_while_a_request_is_on_its_way_goes_together_in_the_next() => _work.Run(async commits =>
    {
        _work.East.HoldCommits();
        commits.Attach(_work.East, new Fence(1, 0));
        await _work.Asked(_work.East, 1);
        foreach (var change in new[] { "a", "b", "c" })
            _work.Change(change);

        _work.East.ReleaseCommits();

        await _work.Delivers("abc");
        Assert.Equal([1, 2], _work.East.Commits.Select(static commit => commit.Checkpoint.Version));
    });

    [Fact]
    public Task What_was_made_for_something_kept_is_delivered_at_once() => _work.Run(async commits =>
    {
        commits.Attach(_work.East, new Fence(1, 0));
        var kept = _work.Change("a");
        await _work.Delivers("a");
        _work.East.HoldCommits();
        _work.Change("b");

        commits.Deliver(kept, () => _work.Deliver("a2"));

        Assert.Equal("aa2", _work.Delivered);
        _work.East.ReleaseCommits();
        await _work.Delivers("aa2b");
    });

    [Fact]
    public Task Each_request_has_a_higher_version_also_after_another_activation() => _work.Run(async commits =>
    {
        commits.Continue(Kept.Checkpoint());
        _work.East.CommitAnswers.Enqueue(CommitOutcome.NotYet);
        commits.Attach(_work.East, new Fence(3, 2));

        await _work.Until("it is kept", () => (commits is { IsEmpty: true, IsAbsent: false }));

        Assert.Equal([8, 9], _work.East.Commits.Select(static commit => commit.Checkpoint.Version));
        Assert.All(_work.East.Commits, static commit => Assert.Equal(new Fence(3, 2), commit.Fence));
        Assert.Equal(9, commits.Kept!.Version);
    });

    [Fact]
    public Task What_is_in_no_hurry_is_committed_within_a_quarter_of_a_second() => _work.Run(async commits =>
    {
        commits.Attach(_work.East, new Fence(1, 0));
        await _work.Until("it is kept", () => (commits is { IsEmpty: true, IsAbsent: false }));
        commits.Note();
        commits.Note();
        await _work.Waits();
        Assert.False(commits.IsEmpty);
        Assert.Single(_work.East.Commits);

        _work.Time.Advance(TimeSpan.FromMilliseconds(250));

        await _work.Asked(_work.East, 2);
        await _work.Until("it is kept", () => (commits is { IsEmpty: true, IsAbsent: false }));
        Assert.Equal(2, _work.East.Commits.Count);
    });

    [Fact]
    public Task An_activation_that_is_refused_delivers_nothing_more() => _work.Run(async commits =>
    {
        var refusals = 0;
        commits.Refused += () => refusals++;
        _work.East.CommitAnswers.Enqueue(CommitOutcome.Refused);
        commits.Attach(_work.East, new Fence(1, 0));
        _work.Change("a");
        await _work.Until("it is refused", () => refusals == 1);

        _work.Change("b");
        _work.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(("", 1, 1), (_work.Delivered, refusals, _work.East.Commits.Count));
    });

    [Fact]
    public Task A_snapshot_is_made_when_it_is_asked_for_and_not_when_something_changed() => _work.Run(async commits =>
    {
        _work.East.CommitAnswers.Enqueue(CommitOutcome.NotYet);
        commits.Attach(_work.East, new Fence(1, 0));
        _work.Change("a");
        await _work.Asked(_work.East, 1);
        _work.Change("b");

        await _work.Until("all is kept", () => (commits is { IsEmpty: true, IsAbsent: false }));

        Assert.Equal("ab", _work.Delivered);
        Assert.Equal(2, commits.Kept!.LastSegment);
    });

    [Fact]
    public Task What_must_come_in_order_is_not_overtaken_by_what_is_kept_already() => _work.Run(async commits =>
    {
        commits.Attach(_work.East, new Fence(1, 0));
        var kept = _work.Change("a");
        await _work.Delivers("a");
        _work.East.HoldCommits();
        _work.Change("b");

        commits.DeliverInOrder(() => _work.Deliver("!"));
        commits.Deliver(kept, () => _work.Deliver("a2"));
        _work.East.ReleaseCommits();

        await _work.Delivers("ab!a2");
    });
}
