using System.Globalization;

namespace VoiceGrains.Tests.Load.Stages;

/// <summary>
/// What each stage's engine adds to its vendor's delay: the same load goes through a bare client and through the engine, in one process, at the vendor's double in another.
/// Each stage has a process of its own, so that none finds what another has left in pools and caches.
/// </summary>
sealed class StageBench(StagePlan plan, TextWriter output)
{
    /// <summary>At most this may lie between the vendor's delay and what the engine hands on.</summary>
    const double MostAtMedian = 5, MostAtTail = 15, MostKilobytes = 100;

    public async Task<int> Run()
    {
        output.WriteLine($"{plan.Streams} streams at once, {plan.Rounds} rounds of {plan.Duration.TotalSeconds:0} s for each way, {Environment.ProcessorCount} cores for load, clients and double.");
        output.WriteLine("Milliseconds beyond the vendor's scripted delay, p50 / p99; cores: this process with the bare client, with the engine, the double's with the engine; KB: managed memory of a stream.");
        output.WriteLine();
        output.WriteLine("| stage | of which the vendor's script | bare client | engine | added | cores | KB bare | KB engine | of it audio kept | answers | at once |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        var worst = 0;
        foreach (var stage in Stage.All.Where(stage => plan.Stage is null || plan.Stage == stage.Name))
        {
            using var process = StageProcess.Start(plan.For(stage.Name));
            await process.WaitForExitAsync();
            worst = Math.Max(worst, process.ExitCode);
        }

        output.WriteLine();
        output.WriteLine($"Targets for the engine: {MostAtMedian} / {MostAtTail} ms and {MostKilobytes} KB; what misses them is marked with !. Stages that broke a rule of the vendor end with an error.");
        return worst;
    }

    /// <summary>The plan's only stage, in this process.</summary>
    public async Task<int> Measure()
    {
        var stage = Stage.Find(plan.Stage!)!;
        await using var vendor = await VendorProcess.Start(stage.Name);
        var (bare, engine) = await new StageMeasurement(stage, plan, vendor).Run();
        var report = await vendor.Report();
        output.WriteLine(Row(stage, bare, engine, report));
        foreach (var mistake in report.Mistakes)
            output.WriteLine($"  a rule of the vendor was broken: {mistake}");
        return report.Mistakes.Count == 0 && engine.Latencies.Count > 0 ? 0 : 1;
    }

    static string Row(Stage stage, WayFigures bare, WayFigures engine, VendorReport report)
    {
        var delay = stage.Delay.TotalMilliseconds;
        var (bareMedian, bareTail) = (bare.Latencies.At(0.5) - delay, bare.Latencies.At(0.99) - delay);
        var (median, tail) = (engine.Latencies.At(0.5) - delay, engine.Latencies.At(0.99) - delay);
        return string.Join(
            " | ",
            $"| {stage.Name}, {stage.First}",
            $"{delay:0} ms",
            $"{Shown(bareMedian)} / {Shown(bareTail)}",
            $"{Shown(median, MostAtMedian)} / {Shown(tail, MostAtTail)}",
            $"{Shown(median - bareMedian)} / {Shown(tail - bareTail)}",
            $"{Cores(bare.Processor.Ours, bare)}, {Cores(engine.Processor.Ours, engine)}, {Cores(engine.Processor.Vendors, engine)}",
            $"{bare.Memory / 1024:0}",
            $"{engine.Memory / 1024:0}{(engine.Memory / 1024 > MostKilobytes ? "!" : "")}",
            $"{engine.Ring / 1024:0}",
            $"{bare.Latencies.Count} and {engine.Latencies.Count}",
            $"{report.Peak}{(engine.Sockets > 0 ? $" over {engine.Sockets} sockets" : "")} |");
    }

    static string Cores(TimeSpan used, WayFigures figures) => Shown(used / figures.Processor.Elapsed);

    static string Shown(double value, double most = double.PositiveInfinity) => value.ToString("0.00", CultureInfo.InvariantCulture) + (value > most ? "!" : "");
}
