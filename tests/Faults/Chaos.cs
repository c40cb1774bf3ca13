using System.Diagnostics;
using VoiceGrains.Tests.Faults.Checks;
using VoiceGrains.Tests.Faults.Figures;
using VoiceGrains.Tests.Faults.Running;

namespace VoiceGrains.Tests.Faults;

/// <summary>Runs seed after seed on one cluster, and adds up what came of them.</summary>
sealed class Chaos(ChaosArguments arguments, TextWriter output)
{
    readonly Dictionary<string, FaultRow> _rows = [];

    /// <summary>Rows of the faults that ran.</summary>
    public IEnumerable<FaultRow> Rows => Running.Faults.All.Select(fault => _rows.GetValueOrDefault(fault.Name)).OfType<FaultRow>();

    /// <summary>Whether nothing was lost, duplicated, changed, unaccounted or leaked.</summary>
    public bool IsClean => Rows.All(static row => row.IsClean);

    public async Task Run(CancellationToken cancellationToken)
    {
        await using var cluster = await Cluster.Start(silos: 3, gateways: 2);
        await using var twin = await Twin.Start();
        using var leaks = new Leaks(cluster);
        for (var seed = arguments.Seeds.First; seed < arguments.Seeds.First + arguments.Seeds.Count; seed++)
            await RunOnce(seed, cluster, twin, leaks, cancellationToken);
    }

    async Task RunOnce(int seed, Cluster cluster, Twin twin, Leaks leaks, CancellationToken cancellationToken)
    {
        var fault = Running.Faults.All.FirstOrDefault(known => known.Name == arguments.Fault) ?? Running.Faults.Of(seed);
        var started = Stopwatch.GetTimestamp();
        var result = await new FaultRun(cluster, twin.Gateways, fault, seed, arguments.Calls).Play(cancellationToken);
        await cluster.Restore();
        result = result with { Findings = [.. result.Findings, .. await leaks.Find()] };

        if (!_rows.TryGetValue(fault.Name, out var row))
            _rows[fault.Name] = row = new FaultRow(fault.Name);
        row.Add(result.Findings, result.FramesUnaccounted, result.HitCalls);
        Print(seed, fault, result, Stopwatch.GetElapsedTime(started));
        if (result.Findings.Any(static finding => finding.Kind != FindingKind.Repeated) || result.FramesUnaccounted > 0)
            await Keep(seed, fault, result, cluster);
    }

    void Print(int seed, Fault fault, RunResult result, TimeSpan took)
    {
        var gaps = result.HitCalls.Select(static call => call.Gap.TotalMilliseconds).ToList();
        var accepted = result.HitCalls.SelectMany(static call => call.Accepted).Select(static accepted => accepted?.TotalMilliseconds ?? double.PositiveInfinity).ToList();
        var drained = result.Strike.Drained is { } ended ? $"  drained of {result.Strike.Hit.Count} in {ended.TotalSeconds:0.0} s" : "";
        output.WriteLine(
            $"seed {seed,4}  {fault.Name,-16}  {result.HitCalls.Count,3} calls hit  gap {FaultRow.At(gaps, 0.5),7} / {FaultRow.At(gaps, 0.95),7} ms  "
            + $"accepted {FaultRow.At(accepted, 0.5),7} / {FaultRow.At(accepted, 0.95),7} ms  {result.Findings.Count,3} findings  {took.TotalSeconds,5:0.0} s{drained}");
    }

    async Task Keep(int seed, Fault fault, RunResult result, Cluster cluster)
    {
        var folder = Path.GetFullPath(Path.Combine(arguments.Folder, $"seed-{seed}-{fault.Name}"));
        Directory.CreateDirectory(folder);
        await File.WriteAllLinesAsync(Path.Combine(folder, "findings.txt"), result.Findings.Select(static finding => finding.ToString()));
        await File.WriteAllLinesAsync(Path.Combine(folder, "histories.txt"), result.Kept);
        foreach (var member in cluster.Members)
            await File.WriteAllLinesAsync(Path.Combine(folder, member.Name + ".log"), member.Output);
        foreach (var finding in result.Findings.Take(5))
            output.WriteLine($"    {finding}");
        output.WriteLine($"    all of it, and the logs: {folder}");
        output.WriteLine($"    again: ./voicegrains chaos --fault {fault.Name} --seed {seed} --calls {arguments.Calls}");
    }
}
