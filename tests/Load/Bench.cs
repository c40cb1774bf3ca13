using System.Diagnostics;

namespace VoiceGrains.Tests.Load;

/// <summary>Puts the same load on the raw relay and on VoiceGrains, one after the other, and prints both.</summary>
sealed class Bench(LoadPlan plan, TextWriter output)
{
    public async Task<int> Run()
    {
        output.WriteLine($"{plan.People} participants in {plan.Calls} calls, all talking, frames of {plan.Frame.TotalMilliseconds:0} ms, scripted engines, {plan.Duration.TotalSeconds:0} s;");
        output.WriteLine($"servers and load share {Environment.ProcessorCount} cores of this machine.");
        var relay = await MeasureRelay();
        var (calls, imbalanced) = await MeasureCalls();
        Print(relay, calls);
        output.WriteLine(imbalanced == 0 ? "  The ledgers of all participants balance; nothing is lost." : $"  The ledgers of {imbalanced} participants have something lost.");
        return imbalanced == 0 && calls.Delivered > 0 ? 0 : 1;
    }

    async Task<Measured> MeasureRelay()
    {
        output.WriteLine("Raw WebSocket relay ...");
        var measured = new Measured();
        await using var server = await ServerProcess.StartRelay();
        await using var load = new RelayLoad(plan, server, measured);
        var before = server.Memory();
        await load.Start();
        await Measure(server, measured, before);
        return measured;
    }

    async Task<(Measured Measured, int Imbalanced)> MeasureCalls()
    {
        output.WriteLine("VoiceGrains ...");
        var measured = new Measured();
        await using var server = await ServerProcess.StartVoiceGrains();
        await using var load = new CallLoad(plan, server, measured);
        var before = server.Memory();
        await load.Start();
        await Measure(server, measured, before);
        return (measured, await load.CountImbalanced());
    }

    async Task Measure(ServerProcess server, Measured measured, long memoryBefore)
    {
        await Task.Delay(LoadPlan.WarmUp, TimeProvider.System);
        var (processor, started) = (server.ProcessorTime(), Stopwatch.GetTimestamp());
        measured.IsMeasuring = true;
        await Task.Delay(plan.Duration, TimeProvider.System);
        measured.IsMeasuring = false;
        measured.Cores = (server.ProcessorTime() - processor) / Stopwatch.GetElapsedTime(started);
        measured.MemoryOfParticipant = (server.Memory() - memoryBefore) / (double)plan.People;
    }

    void Print(Measured relay, Measured calls)
    {
        output.WriteLine();
        output.WriteLine($"  {"",-52}{"raw relay",14}{"VoiceGrains",14}{"added",10}");
        Row("frame to a listener of the same language, p50", "ms", relay.Relay.At(0.5), calls.Relay.At(0.5));
        Row("  p99", "ms", relay.Relay.At(0.99), calls.Relay.At(0.99));
        Row("end of sentence to first translated audio, p50", "ms", double.NaN, calls.Translation.At(0.5));
        Row("  p99", "ms", double.NaN, calls.Translation.At(0.99));
        Row("frames sent in a second", "", relay.Sent / plan.Duration.TotalSeconds, calls.Sent / plan.Duration.TotalSeconds, isCompared: false);
        Row("frames relayed in a second", "", relay.Delivered / plan.Duration.TotalSeconds, calls.Delivered / plan.Duration.TotalSeconds, isCompared: false);
        Row("sentences translated and spoken in a second", "", double.NaN, calls.Translation.Count / plan.Duration.TotalSeconds, isCompared: false);
        Row("cores that the server kept busy", "", relay.Cores, calls.Cores);
        Row("memory of a talking participant", "KB", relay.MemoryOfParticipant / 1024, calls.MemoryOfParticipant / 1024);
    }

    void Row(string name, string unit, double relay, double calls, bool isCompared = true) => output.WriteLine(
        $"  {name,-52}{Shown(relay),14}{Shown(calls),14}{(isCompared ? Shown(calls - relay) : ""),10} {unit}");

    static string Shown(double value) => double.IsNaN(value) ? "-" : value.ToString(value >= 100 ? "0" : "0.00", System.Globalization.CultureInfo.InvariantCulture);
}
