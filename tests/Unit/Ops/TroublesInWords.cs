using VoiceGrains.Engines;
using VoiceGrains.Gateway.Ops;
using VoiceGrains.Operations;

namespace VoiceGrains.Tests.Unit.Ops;

/// <summary>What is wrong stands on top, in words.</summary>
public sealed class TroublesInWords
{
    static readonly ProcessStatus Fine = Status(Reports.Silo("silo-1"), ProcessState.Alive);

    [Fact]
    public void When_nothing_is_wrong_nothing_is_said() => Assert.Empty(Troubles.Of(Figures([Fine])));

    [Theory]
    [InlineData(ProcessState.Lost, "bad", "Silo silo-2 is lost: it has said nothing for 10 s. Its calls go on at other silos.")]
    [InlineData(ProcessState.Draining, "note", "Silo silo-2 is being drained.")]
    [InlineData(ProcessState.Ended, null, null)]
    public void A_process_is_named_by_how_it_is(ProcessState state, string? level, string? text) =>
        AssertSays(level, text, Figures([Fine, Status(Reports.Silo("silo-2"), state)]));

    [Fact]
    public void A_busy_process_is_named()
    {
        var busy = Reports.Silo("silo-2");
        busy = busy with { Process = busy.Process with { Load = busy.Process.Load with { Cpu = 3.8 } } };

        AssertSays("warn", "Silo silo-2 is busy", Figures([Fine, Status(busy, ProcessState.Alive)]));
    }

    [Fact]
    public void Without_a_silo_nobody_can_be_served() => AssertSays("bad", "No silo is alive", Figures([Status(Reports.Gateway("gateway-1"), ProcessState.Alive)]));

    [Fact]
    public void An_engine_that_fails_is_bad_and_one_that_an_operator_holds_is_not()
    {
        var failing = Reports.Engine("deepgram", BreakerState.Open) with { Reason = FaultKind.RateLimited };

        AssertSays("bad", "The recognizer deepgram fails (RateLimited)", Figures([Fine]) with { Engines = [failing] });
        AssertSays("bad", "no other recognizer works", Figures([Fine]) with { Engines = [failing with { IsHeld = true }] });
        var other = Reports.Engine("openai-transcribe", BreakerState.Closed);
        AssertSays("note", "An operator keeps everybody from the recognizer deepgram; another engine is used", Figures([Fine]) with { Engines = [failing with { IsHeld = true }, other] });
    }

    [Fact]
    public void An_account_without_a_free_place_is_named_and_is_bad_once_calls_wait()
    {
        AssertSays("warn", "All 5 places of the account elevenlabs are in use.", Figures([Fine]) with { Accounts = [new AccountFigures("elevenlabs", 5, 5, 0)] });
        AssertSays("bad", "calls wait", Figures([Fine]) with { Accounts = [new AccountFigures("elevenlabs", 5, 5, 2)] });
    }

    [Fact]
    public void Troubled_calls_are_counted() => AssertSays("warn", "1,200 calls have lost frames or lag", Figures([Fine]) with { TroubledCalls = 1_200 });

    static void AssertSays(string? level, string? text, ClusterFigures figures)
    {
        var troubles = Troubles.Of(figures);
        if (text is null)
        {
            Assert.Empty(troubles);
            return;
        }

        var said = Assert.Single(troubles).Value!;
        Assert.Equal(level, (string?)said["level"]);
        Assert.Contains(text, (string?)said["text"], StringComparison.Ordinal);
    }

    static ProcessStatus Status(ProcessReport report, ProcessState state) => new(report.Process, state, TimeSpan.FromSeconds(12), []);

    static ClusterFigures Figures(ProcessStatus[] processes) => new(default, [.. processes], [], [], 0, 0, 0);
}
