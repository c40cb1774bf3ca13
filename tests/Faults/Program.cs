using VoiceGrains.Tests.Faults;
using VoiceGrains.Tests.Faults.Figures;

// ./voicegrains chaos: breaks a cluster under talking calls in every way there is, and checks that nobody missed a word.
if (args is ["--help" or "-h", ..])
{
    Console.WriteLine(ChaosArguments.Usage);
    return 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    var arguments = ChaosArguments.Read(args);
    var chaos = new Chaos(arguments, Console.Out);
    await chaos.Run(stop.Token);
    ChaosTable.Print(chaos.Rows, Console.Out);
    if (arguments.Json is not null)
        await File.WriteAllTextAsync(arguments.Json, FaultRow.ToJson(chaos.Rows));
    return chaos.IsClean ? 0 : 1;
}
catch (FormatException error)
{
    Console.Error.WriteLine($"{error.Message}\n\n{ChaosArguments.Usage}");
    return 2;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
