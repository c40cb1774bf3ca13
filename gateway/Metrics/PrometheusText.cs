using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace VoiceGrains.Gateway.Metrics;

/// <summary>
/// Collects the meters of this process and writes them in the Prometheus text format 0.0.4. Takes the place of the OpenTelemetry exporter until that
/// can be had from every package feed.
/// </summary>
sealed class PrometheusText : IDisposable
{
    static readonly double[] Buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    readonly MeterListener _listener = new();
    readonly ConcurrentDictionary<string, Family> _families = new();

    public PrometheusText()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name is "VoiceGrains" or "System.Runtime")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>All figures as they are now.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var (name, family) in _families.OrderBy(static family => family.Key, StringComparer.Ordinal))
            family.Write(name, text);
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var family = _families.GetOrAdd(NameOf(instrument), _ => new Family(instrument));
        family.Take(LabelsOf(tags), value);
    }

    static string NameOf(Instrument instrument)
    {
        var name = new StringBuilder();
        foreach (var c in instrument.Name)
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        return name.ToString();
    }

    static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var labels = new StringBuilder();
        foreach (var (key, value) in tags)
            labels.Append(labels.Length == 0 ? "" : ",").Append(key.Replace('.', '_')).Append("=\"").Append(Escape($"{value}")).Append('"');
        return labels.ToString();
    }

    static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    sealed class Family(Instrument instrument)
    {
        readonly ConcurrentDictionary<string, Series> _series = new();
        readonly string _kind = instrument switch
        {
            _ when instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal) => "histogram",
            _ when instrument.GetType().Name.Contains("Counter", StringComparison.Ordinal) && !instrument.GetType().Name.Contains("UpDown", StringComparison.Ordinal) => "counter",
            _ => "gauge",
        };

        public void Take(string labels, double value)
        {
            var series = _series.GetOrAdd(labels, static _ => new Series());
            lock (series)
                series.Take(value, isSum: !instrument.IsObservable);
        }

        public void Write(string name, StringBuilder text)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Description}\n# TYPE {name} {_kind}\n");
            foreach (var (labels, series) in _series.OrderBy(static series => series.Key, StringComparer.Ordinal))
            {
                lock (series)
                {
                    if (_kind == "histogram")
                        series.WriteHistogram(name, labels, text);
                    else
                        text.Append(CultureInfo.InvariantCulture, $"{name}{(labels.Length == 0 ? "" : $"{{{labels}}}")} {Number(series.Value)}\n");
                }
            }
        }
    }

    sealed class Series
    {
        readonly long[] _counts = new long[Buckets.Length];
        long _count;

        public double Value { get; private set; }

        public void Take(double value, bool isSum)
        {
            Value = isSum ? Value + value : value;
            _count++;
            for (var i = 0; i < Buckets.Length; i++)
            {
                if (value <= Buckets[i])
                    _counts[i]++;
            }
        }

        public void WriteHistogram(string name, string labels, StringBuilder text)
        {
            var comma = labels.Length == 0 ? "" : labels + ",";
            for (var i = 0; i < Buckets.Length; i++)
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{comma}le=\"{Number(Buckets[i])}\"}} {_counts[i]}\n");
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{comma}le=\"+Inf\"}} {_count}\n");
            var braces = labels.Length == 0 ? "" : $"{{{labels}}}";
            text.Append(CultureInfo.InvariantCulture, $"{name}_sum{braces} {Number(Value)}\n{name}_count{braces} {_count}\n");
        }
    }
}
