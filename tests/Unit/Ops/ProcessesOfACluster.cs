using VoiceGrains.Engines;
using VoiceGrains.Operations;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Ops;

/// <summary>Who is there, by what processes say of themselves.</summary>
public sealed class ProcessesOfACluster
{
    readonly ManualTime _time = new();
    readonly ProcessTable _table;

    public ProcessesOfACluster() => _table = new ProcessTable(_time);

    [Fact]
    public void Who_says_nothing_for_more_than_five_seconds_is_lost_and_its_calls_count_no_more()
    {
        _table.Take(Reports.Silo("silo-1", Reports.Call("aaaaaaaa")));
        _time.Advance(ProcessTable.SilenceLimit);
        Assert.Equal(ProcessState.Alive, State("silo-1"));
        Assert.Single(_table.Current);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ProcessState.Lost, State("silo-1"));
        Assert.Empty(_table.Current);
    }

    [Fact]
    public void Who_is_lost_is_named_for_ten_minutes_and_who_ended_for_one()
    {
        _table.Take(Reports.Silo("silo-1"));
        _table.Take(Reports.Silo("silo-2").With(ProcessState.Ended));

        _time.Advance(ProcessTable.EndedFor);
        Assert.Equal(["silo-1", "silo-2"], Names());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["silo-1"], Names());
        _time.Advance(ProcessTable.LostFor);
        Assert.Empty(Names());
    }

    [Fact]
    public void A_process_that_is_started_again_takes_the_place_of_the_one_before_it()
    {
        var first = Reports.Silo("silo-1");
        _table.Take(first);
        _time.Advance(TimeSpan.FromSeconds(30));

        _table.Take(first.StartedAgain());

        Assert.Equal(ProcessState.Alive, State("silo-1"));
        Assert.Single(Names());
    }

    [Fact]
    public void A_late_word_of_the_one_before_does_not_take_the_place_of_the_newer()
    {
        var first = Reports.Silo("silo-1");
        _table.Take(first.StartedAgain());

        _table.Take(first.With(ProcessState.Ended));

        Assert.Contains(_table.Describe(static _ => []), static process => process.State == ProcessState.Alive);
    }

    [Fact]
    public void Of_two_that_are_asked_to_drain_at_the_same_moment_the_last_stays()
    {
        Take(Reports.Silo("silo-1").On("one"), Reports.Silo("silo-2").On("two"));
        Assert.Equal(new DrainAnswer(DrainResult.Drains, 1), _table.JudgeDrain("silo-1-first"));

        _table.ExpectDrain("silo-1-first");
        // Written before it heard of it.
        Take(Reports.Silo("silo-1").On("one"));

        Assert.Equal(ProcessState.Draining, State("silo-1"));
        Assert.Equal(new DrainAnswer(DrainResult.LastSilo, 0), _table.JudgeDrain("silo-2-first"));
    }

    [Fact]
    public void Who_did_not_hear_that_it_should_drain_counts_again_after_a_while()
    {
        Take(Reports.Silo("silo-1").On("one"), Reports.Silo("silo-2").On("two"));
        _table.ExpectDrain("silo-1-first");

        _time.Advance(TimeSpan.FromSeconds(5));
        Take(Reports.Silo("silo-1").On("one"), Reports.Silo("silo-2").On("two"));

        Assert.Equal(ProcessState.Alive, State("silo-1"));
        Assert.Equal(DrainResult.Drains, _table.JudgeDrain("silo-2-first").Result);
    }

    [Fact]
    public void A_silo_that_is_also_the_last_gateway_stays()
    {
        Take(Reports.Silo("silo-1").On("one"), Reports.Gateway("gateway-1").On("one"), Reports.Silo("silo-2").On("two"));

        Assert.Equal(DrainResult.LastGateway, _table.JudgeDrain("silo-1-first").Result);
        Assert.Equal(DrainResult.Drains, _table.JudgeDrain("silo-2-first").Result);
    }

    [Fact]
    public void Silos_come_first_and_names_are_sorted_as_people_count()
    {
        foreach (var name in (string[])["silo-10", "silo-2", "silo-1"])
            _table.Take(Reports.Silo(name));
        _table.Take(Reports.Gateway("a-gateway"));

        Assert.Equal(["silo-1", "silo-2", "silo-10", "a-gateway"], Names());
    }

    [Fact]
    public void An_engine_is_shown_as_the_silo_sees_it_that_knows_the_worst()
    {
        _table.Take(Reports.Silo("silo-1") with { Engines = [Reports.Engine("deepgram", BreakerState.Closed, failures: 2)] });
        _table.Take(Reports.Silo("silo-2") with { Engines = [Reports.Engine("deepgram", BreakerState.Open, failures: 3)] });

        var engine = Assert.Single(_table.Engines());

        Assert.Equal((BreakerState.Open, 5, 2), (engine.State, engine.Failures, engine.Silos));
    }

    [Fact]
    public void Places_of_an_account_add_up_over_silos()
    {
        _table.Take(Reports.Silo("silo-1") with { Accounts = [new AccountFigures("elevenlabs", 2, 5, 0)] });
        _table.Take(Reports.Silo("silo-2") with { Accounts = [new AccountFigures("elevenlabs", 3, 5, 1)] });

        Assert.Equal(new AccountFigures("elevenlabs", 5, 5, 1), Assert.Single(_table.Accounts()));
    }

    [Fact]
    public void Names_without_end_do_not_take_memory_without_end()
    {
        for (var i = 0; i < 2_000; i++)
            _table.Take(Reports.Silo($"silo-{i}"));

        Assert.Equal(500, Names().Count);
    }

    void Take(params ProcessReport[] reports)
    {
        foreach (var report in reports)
            _table.Take(report);
    }

    ProcessState State(string name) => _table.Describe(static _ => []).Single(process => process.Process.Name == name).State;

    IReadOnlyList<string> Names() => [.. _table.Describe(static _ => []).Select(static process => process.Process.Name)];
}
