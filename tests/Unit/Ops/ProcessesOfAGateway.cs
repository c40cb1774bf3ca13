using VoiceGrains.Gateway.Ops;
using VoiceGrains.Operations;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Ops;

/// <summary>A gateway names processes as lost that whoever counts them has never heard of, because the one before it died with them.</summary>
public sealed class ProcessesOfAGateway
{
    static readonly ProcessReport One = Reports.Silo("silo-1");
    static readonly ProcessReport Two = Reports.Silo("silo-2");

    readonly ManualTime _time = new();
    readonly ProcessMemory _memory;

    public ProcessesOfAGateway() => _memory = new ProcessMemory(_time);

    [Fact]
    public void Who_is_not_named_any_more_is_lost_after_five_seconds_and_forgotten_after_ten_minutes()
    {
        Take(One, Two);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("silo-1 Alive, silo-2 Alive", Take(One));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("silo-1 Alive, silo-2 Lost", Take(One));
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("silo-1 Alive", Take(One));
    }

    [Fact]
    public void Who_was_being_drained_has_ended()
    {
        Take(One, Two.With(ProcessState.Draining));

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal("silo-1 Alive, silo-2 Ended", Take(One));
    }

    [Fact]
    public void Who_was_started_again_is_named_once()
    {
        Take(One, Two);
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal("silo-1 Alive, silo-2 Alive", Take(One, Two.StartedAgain()));
    }

    [Fact]
    public void Whoever_comes_back_is_alive()
    {
        Take(One, Two);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("silo-1 Alive, silo-2 Lost", Take(One));

        Assert.Equal("silo-1 Alive, silo-2 Alive", Take(One, Two));
    }

    string Take(params ProcessReport[] reports) => string.Join(", ", _memory
        .Complete(new ClusterFigures(_time.GetUtcNow(), [.. reports.Select(static report => new ProcessStatus(report.Process, report.Process.State, TimeSpan.Zero, []))], [], [], 0, 0, 0))
        .Processes.Select(static process => $"{process.Process.Name} {process.State}"));
}
