using VoiceGrains.Tests.Load;
using VoiceGrains.Tests.Load.Draining;
using VoiceGrains.Tests.Load.Ops;
using VoiceGrains.Tests.Load.Stages;

// ./voicegrains bench: what one process carries, beside a raw WebSocket relay measured in the same run. `relay` is that relay, started by the bench.
if (args is ["relay", .. var settings])
    return await RawRelay.Serve(settings);
// `engines` measures the clients of vendors, at their doubles: each in a process `stage`, with its double in a process `double`.
if (args is ["double", var name])
    return await VendorProcess.Serve(name);
if (args is ["stage", .. var measured] && StagePlan.Read(measured) is { Stage: not null } one)
    return await new StageBench(one, Console.Out).Measure();
if (args is ["engines", .. var stages] && StagePlan.Read(stages) is { } all)
    return await new StageBench(all, Console.Out).Run();
// `drain` ends a silo under talking people.
if (args is ["drain", .. var drained] && DrainBench.Read(drained, Console.Out) is { } drain)
    return await drain.Run();
// `pacing` makes speech faster.
if (args is ["pacing"])
    return new PacingBench(Console.Out).Run();
// `ops` lets a browser look at a large cluster that is made up.
if (args is ["ops"])
    return await new OpsBench(Console.Out).Run();
if (!LoadPlan.TryRead(args, out var plan, out var mistake))
{
    Console.Error.WriteLine(mistake);
    return 1;
}

return await new Bench(plan, Console.Out).Run();
