using VoiceGrains.Participants;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Listeners do not wait for long for a speaker whose connection is gone; and who takes over keeps everything from then on.</summary>
public sealed class CommitsWithoutAGateway
{
    readonly CommitsAtWork _work = new();

    [Fact]
    public Task Before_any_connection_nothing_waits() => _work.Run(async commits =>
    {
        _work.Change("a");

        await _work.Delivers("a");
        Assert.Equal((true, false, true), (commits.IsEmpty, (commits is { IsEmpty: true, IsAbsent: false }), commits.IsAbsent));
        Assert.Null(commits.Kept);
    });

    [Fact]
    public Task A_gateway_that_says_the_connection_is_gone_is_not_waited_for() => _work.Run(async commits =>
    {
        _work.East.CommitAnswers.Enqueue(CommitOutcome.Absent);
        commits.Attach(_work.East, new Fence(1, 0));
        _work.Change("a");

        await _work.Delivers("a");
        _work.Change("b");
        await _work.Delivers("ab");

        Assert.True(commits.IsAbsent);
        Assert.Single(_work.East.Commits);
    });

    [Fact]
    public Task A_gateway_that_does_not_answer_is_waited_for_two_seconds() => _work.Run(async commits =>
    {
        _work.East.HoldCommits();
        commits.Attach(_work.East, new Fence(1, 0));
        _work.Change("a");
        await _work.Asked(_work.East, 1);
        var began = _work.Time.GetUtcNow();

        await _work.Until("listeners get it", () => _work.Delivered == "a");

        Assert.InRange((_work.Time.GetUtcNow() - began).TotalSeconds, 2, 2.5);
        Assert.True(commits.IsAbsent);
    });

    [Fact]
    public Task Who_takes_over_does_not_wait_with_a_gateway_that_does_not_answer() => _work.Run(async commits =>
    {
        _work.East.HoldCommits();
        commits.Attach(_work.East, new Fence(1, 0));
        _work.Change("a");
        await _work.Asked(_work.East, 1);
        var began = _work.Time.GetUtcNow();

        commits.Attach(_work.West, new Fence(2, 0));
        await _work.Delivers("a");

        Assert.Equal(began, _work.Time.GetUtcNow());
    });

    [Fact]
    public Task A_gateway_that_answers_not_yet_for_two_seconds_is_absent() => _work.Run(async commits =>
    {
        for (var i = 0; i < 1_000; i++)
            _work.East.CommitAnswers.Enqueue(CommitOutcome.NotYet);
        commits.Attach(_work.East, new Fence(1, 0));
        _work.Change("a");
        await _work.Asked(_work.East, 1);
        var began = _work.Time.GetUtcNow();

        await _work.Until("listeners get it", () => _work.Delivered == "a");

        Assert.InRange((_work.Time.GetUtcNow() - began).TotalSeconds, 2, 2.2);
        Assert.InRange(_work.East.Commits.Count, 50, 210);
    });

    [Fact]
    public Task A_connection_that_is_heard_of_again_keeps_what_it_missed() => _work.Run(async commits =>
    {
        _work.East.CommitAnswers.Enqueue(CommitOutcome.Absent);
        commits.Attach(_work.East, new Fence(1, 0));
        _work.Change("a");
        await _work.Delivers("a");
        Assert.True(commits.IsAbsent);

        commits.Hear();

        await _work.Until("it is kept", () => (commits is { IsEmpty: true, IsAbsent: false }));
        Assert.Equal(1, commits.Kept!.LastSegment);
    });

    [Fact]
    public Task A_connection_that_takes_over_is_asked_instead_of_the_one_that_hangs() => _work.Run(async commits =>
    {
        _work.East.HoldCommits();
        commits.Attach(_work.East, new Fence(1, 0));
        _work.Change("a");
        await _work.Asked(_work.East, 1);

        commits.Attach(_work.West, new Fence(2, 0));
        await _work.Until("listeners get it", () => _work.Delivered == "a");

        Assert.True(commits is { IsEmpty: true, IsAbsent: false });
        Assert.Equal(new Fence(2, 0), _work.West.Commits[0].Fence);
    });

    [Fact]
    public Task What_only_the_connection_before_kept_is_not_kept() => _work.Run(async commits =>
    {
        _work.East.HoldCommits();
        commits.Attach(_work.East, new Fence(1, 0));
        _work.Change("a");
        await _work.Asked(_work.East, 1);
        _work.West.HoldCommits();
        commits.Attach(_work.West, new Fence(2, 0));

        _work.East.ReleaseCommits();
        await _work.Asked(_work.West, 1);
        Assert.Equal("", _work.Delivered);

        _work.West.ReleaseCommits();
        await _work.Delivers("a");
    });

    [Fact]
    public Task Who_is_refused_by_the_connection_before_goes_on_with_the_new_one() => _work.Run(async commits =>
    {
        var refusals = 0;
        commits.Refused += () => refusals++;
        _work.East.HoldCommits();
        _work.East.CommitAnswers.Enqueue(CommitOutcome.Refused);
        commits.Attach(_work.East, new Fence(1, 0));
        _work.Change("a");
        await _work.Asked(_work.East, 1);
        commits.Attach(_work.West, new Fence(2, 0));

        _work.East.ReleaseCommits();

        await _work.Delivers("a");
        Assert.Equal(0, refusals);
    });

    [Fact]
    public Task A_flush_ends_when_all_is_kept_or_at_its_limit() => _work.Run(async commits =>
    {
        commits.Attach(_work.East, new Fence(1, 0));
        await _work.Until("all is kept", () => (commits is { IsEmpty: true, IsAbsent: false }));
        _work.East.HoldCommits();
        var began = _work.Time.GetUtcNow();

        var flush = commits.Flush(TimeSpan.FromMilliseconds(500));
        await _work.Until("the flush ends", () => flush.IsCompleted);

        Assert.InRange((_work.Time.GetUtcNow() - began).TotalSeconds, 0.5, 0.6);
        Assert.False(commits is { IsEmpty: true, IsAbsent: false });
        _work.East.ReleaseCommits();
        var last = commits.Flush(TimeSpan.FromHours(1));
        await _work.Until("the flush ends", () => last.IsCompleted);
        Assert.True(commits is { IsEmpty: true, IsAbsent: false });
    });
}
