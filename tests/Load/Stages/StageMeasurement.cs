using System.Diagnostics;

namespace VoiceGrains.Tests.Load.Stages;

/// <summary>What was measured of one way.</summary>
sealed class WayFigures
{
    public Latencies Latencies { get; } = new();

    /// <summary>Processor time of this process, the load included, and of the double, and how long all that took.</summary>
    public (TimeSpan Ours, TimeSpan Vendors, TimeSpan Elapsed) Processor { get; set; }

    /// <summary>Sockets of ElevenLabs that were opened while latencies were measured: the engine's streams share them.</summary>
    public long Sockets { get; set; }

    /// <summary>Bytes of managed memory that a stream needs.</summary>
    public double Memory { get; set; }

    /// <summary>Bytes of audio in it that are kept by design.</summary>
    public double Ring { get; set; }
}

/// <summary>
/// Measures one stage: first how much memory open streams need, which also has everything compiled, then latencies. Bare client and engine take turns, so that what else
/// goes on at the machine hits both; garbage is collected before each turn.
/// </summary>
sealed class StageMeasurement(Stage stage, StagePlan plan, VendorProcess vendor)
{
    static readonly TimeSpan MemoryRun = TimeSpan.FromSeconds(8);

    // When all streams have begun, at three different moments of their sentences.
    static readonly TimeSpan[] MemorySamples = [TimeSpan.FromSeconds(3.5), TimeSpan.FromSeconds(4.8), TimeSpan.FromSeconds(6.1)];

    readonly SentenceAudio _audio = new(stage.Frame);

    public async Task<(WayFigures Bare, WayFigures Engine)> Run()
    {
        var (bare, engine) = (new WayFigures(), new WayFigures());
        // The engine first: what the pools keep from it would be missing in its own figure.
        await MeasureMemory(() => stage.Engine(vendor.Address, plan.Streams), engine);
        await MeasureMemory(() => stage.Bare(vendor.Address), bare);
        await using var bareWay = stage.Bare(vendor.Address);
        await using var engineWay = stage.Engine(vendor.Address, plan.Streams);
        for (var round = 0; round < plan.Rounds; round++)
        {
            var isBareFirst = round % 2 == 0;
            await MeasureLatency(isBareFirst ? bareWay : engineWay, isBareFirst ? bare : engine);
            await MeasureLatency(isBareFirst ? engineWay : bareWay, isBareFirst ? engine : bare);
        }

        return (bare, engine);
    }

    async Task MeasureMemory(Func<Way> open, WayFigures figures)
    {
        var streams = Streams(MemoryRun, new Latencies(), out var held);
        var before = UsedMemory();
        await using var way = open();
        var running = Task.WhenAll(streams.Select(way.Run));
        var started = Stopwatch.GetTimestamp();
        var samples = new List<(double Memory, double Ring)>();
        foreach (var moment in MemorySamples)
        {
            await Task.Delay(moment - Stopwatch.GetElapsedTime(started), TimeProvider.System);
            var ring = stage.RingOf(plan.Streams, held);
            samples.Add(((UsedMemory() - before) / (double)plan.Streams, ring / (double)plan.Streams));
        }

        await running;
        (figures.Memory, figures.Ring) = samples.Order().ElementAt(samples.Count / 2);
    }

    async Task MeasureLatency(Way way, WayFigures figures)
    {
        var streams = Streams(plan.Duration, figures.Latencies, out _);
        UsedMemory();
        figures.Sockets -= (await vendor.Report()).Sockets;
        var (ours, vendors, started) = (Environment.CpuUsage.TotalTime, vendor.ProcessorTime, Stopwatch.GetTimestamp());
        await Task.WhenAll(streams.Select(way.Run));
        var (sumOurs, sumVendors, elapsed) = figures.Processor;
        figures.Processor = (sumOurs + Environment.CpuUsage.TotalTime - ours, sumVendors + vendor.ProcessorTime - vendors, elapsed + Stopwatch.GetElapsedTime(started));
        figures.Sockets += (await vendor.Report()).Sockets;
    }

    LoadedStream[] Streams(TimeSpan length, Latencies latencies, out AudioHeld held)
    {
        var all = held = new AudioHeld();
        return [.. Enumerable.Range(0, plan.Streams).Select(stream => new LoadedStream(new Talk(stream, _audio, length), latencies, all))];
    }

    static long UsedMemory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
