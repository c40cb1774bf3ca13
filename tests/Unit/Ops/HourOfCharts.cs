using VoiceGrains.Gateway.Ops;
using VoiceGrains.Operations;

namespace VoiceGrains.Tests.Unit.Ops;

/// <summary>The last hour of each process, in points of ten seconds.</summary>
public sealed class HourOfCharts
{
    static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly HistoryRing _ring = new();

    [Fact]
    public void A_point_is_the_average_of_its_ten_seconds()
    {
        for (var second = 0; second < 10; second++)
            Take(second, cpu: second % 2 == 0 ? 1 : 3);
        Assert.Empty(_ring.Read().Processes);

        Take(10, cpu: 4);

        var point = Assert.Single(Assert.Single(_ring.Read().Processes).Value);
        // Of four cores.
        Assert.Equal((Start.ToUnixTimeSeconds() / 10, 0.5), (point.Slot, point.Cpu));
    }

    [Fact]
    public void More_than_an_hour_is_not_kept()
    {
        for (var second = 0; second <= 2 * 3_600; second += 10)
            Take(second, cpu: 1);

        var hour = _ring.Read();
        var points = Assert.Single(hour.Processes).Value;
        Assert.Equal(HistoryRing.Points, points.Count);
        Assert.Equal((Start.ToUnixTimeSeconds() + 7_190) / 10, points[^1].Slot);
        Assert.Equal(points.Select(static point => point.Slot), hour.Cluster.Select(static point => point.Slot));
    }

    [Fact]
    public void A_process_that_is_not_named_any_more_takes_no_memory_but_the_sums_keep_what_it_had()
    {
        Take(0, cpu: 1);
        Take(10, cpu: 1);

        _ring.Take(Figures(20, []));
        _ring.Take(Figures(30, []));

        Assert.Empty(_ring.Read().Processes);
        Assert.Equal([(Start.ToUnixTimeSeconds() / 10, 0.25), ((Start.ToUnixTimeSeconds() / 10) + 1, 0.25)], _ring.Read().Cluster.Select(static point => (point.Slot, point.Cpu)));
    }

    [Fact]
    public void A_silo_and_the_gateway_in_its_process_use_its_memory_once()
    {
        var both = new[] { Status(Reports.Silo("silo-1")), Status(Reports.Gateway("silo-1")) };
        var apart = new[] { Status(Reports.Silo("silo-1")), Status(Reports.Silo("silo-2").On("other")) };
        _ring.Take(Figures(0, both));
        _ring.Take(Figures(10, apart));
        _ring.Take(Figures(20, apart));

        Assert.Equal([100 << 20, 200 << 20], _ring.Read().Cluster.Select(static point => (int)point.Memory));
        Assert.Equal(100, ClusterView.Of(new FeedState(Figures(0, both), Start, 1), new CallFiguresPage([], 0, 0))["sums"]!["memory"]!.GetValue<double>());
    }

    [Fact]
    public void Sums_of_the_cluster_count_each_call_once_though_gateways_carry_it_too()
    {
        var both = new[] { Status(Reports.Silo("silo-1", Reports.Call("aaaaaaaa"))), Status(Reports.Gateway("gateway-1") is var gateway ? WithCalls(gateway, 1) : gateway) };
        _ring.Take(Figures(0, both));
        _ring.Take(Figures(10, both));

        var view = HistoryView.Of(_ring.Read(), 0);

        Assert.Equal(1, view["cluster"]!.AsArray().Single()!.AsArray()[3]!.GetValue<double>());
        Assert.Equal(2, view["processes"]!.AsObject().Count);
    }

    void Take(int second, double cpu)
    {
        var report = Reports.Silo("silo-1");
        _ring.Take(Figures(second, [Status(report with { Process = report.Process with { Load = report.Process.Load with { Cpu = cpu } } })]));
    }

    static ProcessReport WithCalls(ProcessReport report, int calls) => report with { Process = report.Process with { Load = report.Process.Load with { Calls = calls } } };

    static ProcessStatus Status(ProcessReport report) => new(report.Process, ProcessState.Alive, TimeSpan.Zero, []);

    static ClusterFigures Figures(int second, IEnumerable<ProcessStatus> processes) => new(Start.AddSeconds(second), [.. processes], [], [], 0, 0, 0);
}
