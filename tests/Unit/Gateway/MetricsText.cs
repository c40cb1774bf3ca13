using System.Diagnostics.Metrics;
using VoiceGrains.Gateway.Metrics;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>Metrics in the text format of Prometheus.</summary>
public sealed class MetricsText : IDisposable
{
    readonly PrometheusText _text = new();
    readonly Meter _meter = new("VoiceGrains");

    // The meter's name is the product's, so each test has instruments of its own names.
    readonly string _name = $"test_{Guid.NewGuid():N}";

    [Fact]
    public void A_counter_sums_by_labels()
    {
        var counter = _meter.CreateCounter<long>(_name, null, "What is counted.");

        counter.Add(2, new KeyValuePair<string, object?>("engine.name", "b"));
        counter.Add(3, new KeyValuePair<string, object?>("engine.name", "b"));
        counter.Add(1, new KeyValuePair<string, object?>("engine.name", "a"));

        Assert.Equal(
            [$"# HELP {_name} What is counted.", $"# TYPE {_name} counter", $"{_name}{{engine_name=\"a\"}} 1", $"{_name}{{engine_name=\"b\"}} 5"], Lines());
    }

    [Fact]
    public void A_gauge_shows_its_last_value()
    {
        var open = 7;
        _meter.CreateObservableGauge(_name, () => open, null, "Open sockets.");
        _text.Write();

        open = 4;

        Assert.Equal([$"# HELP {_name} Open sockets.", $"# TYPE {_name} gauge", $"{_name} 4"], Lines());
    }

    [Fact]
    public void An_observed_counter_shows_what_it_says_and_does_not_add_up()
    {
        _meter.CreateObservableCounter(_name, static () => 10L, null, "Observed.");

        _text.Write();

        Assert.Equal($"{_name} 10", Lines()[^1]);
    }

    [Fact]
    public void The_buckets_of_a_histogram_include_the_smaller_ones_and_end_with_all()
    {
        var histogram = _meter.CreateHistogram<double>(_name, "s", "How long.");

        foreach (var seconds in new[] { 0.0005, 0.05, 0.06, 99 })
            histogram.Record(seconds, new KeyValuePair<string, object?>("stage", "relay"));

        var lines = Lines();
        Assert.Contains($"{_name}_bucket{{stage=\"relay\",le=\"0.001\"}} 1", lines);
        Assert.Contains($"{_name}_bucket{{stage=\"relay\",le=\"0.05\"}} 2", lines);
        Assert.Contains($"{_name}_bucket{{stage=\"relay\",le=\"10\"}} 3", lines);
        Assert.Contains($"{_name}_bucket{{stage=\"relay\",le=\"+Inf\"}} 4", lines);
        Assert.Contains($"{_name}_count{{stage=\"relay\"}} 4", lines);
        Assert.StartsWith($"{_name}_sum{{stage=\"relay\"}} 99.1", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_labels_are_escaped()
    {
        _meter.CreateCounter<int>(_name).Add(1, new KeyValuePair<string, object?>("kind", "a\"b\\c\nd"));

        Assert.Equal($"{_name}{{kind=\"a\\\"b\\\\c\\nd\"}} 1", Lines()[^1]);
    }

    [Fact]
    public void Meters_of_others_are_left_out()
    {
        using var other = new Meter("SomebodyElse");

        other.CreateCounter<int>(_name).Add(1);

        Assert.Empty(Lines());
    }

    public void Dispose()
    {
        _text.Dispose();
        _meter.Dispose();
    }

    List<string> Lines() => [.. _text.Write().Split('\n').Where(line => line.Contains(_name, StringComparison.Ordinal))];
}
