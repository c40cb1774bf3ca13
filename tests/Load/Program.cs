using VoiceGrains.Tests.Load;
using VoiceGrains.Tests.Load.Deepgram;
using VoiceGrains.Tests.Load.Draining;

// ./voicegrains bench: what one process carries, beside a raw WebSocket relay measured in the same run. `relay` is that relay, started by the bench.
if (args is ["relay", .. var settings])
    return await RawRelay.Serve(settings);
// `deepgram` measures that client alone, at the vendor's double.
if (args is ["deepgram", .. var streams] && DeepgramBench.Read(streams, Console.Out) is { } deepgram)
    return await deepgram.Run();
// `drain` ends a silo under talking people.
if (args is ["drain", .. var drained] && DrainBench.Read(drained, Console.Out) is { } drain)
    return await drain.Run();
if (!LoadPlan.TryRead(args, out var plan, out var mistake))
{
    Console.Error.WriteLine(mistake);
    return 1;
}

return await new Bench(plan, Console.Out).Run();
