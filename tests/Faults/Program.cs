using VoiceGrains.Tests.Faults.Running;

await using var cluster = await Cluster.StartOne();
await using var twin = await Cluster.StartOne();
var fault = new Fault("none", static scene => Task.FromResult(Strike.None(scene.Clock.Now)));
for (var seed = 1; seed <= 2; seed++)
{
    var watch = System.Diagnostics.Stopwatch.StartNew();
    var result = await new FaultRun(cluster, twin.Gateways, fault, seed, 24).Play(CancellationToken.None);
    Console.WriteLine($"seed {seed}: {result.Findings.Count} findings, unaccounted {result.FramesUnaccounted}, gap {result.HitCalls.Max(c => c.Gap)}, {watch.Elapsed}");
    foreach (var finding in result.Findings.Take(10))
        Console.WriteLine($"  {finding}");
}

return 0;
