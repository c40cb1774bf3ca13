using System.Net.WebSockets;
using VoiceGrains.Audio;
using VoiceGrains.Client;

if (args.Length == 0 || args[0] is "--help" or "-h")
{
    Console.WriteLine(CallArguments.Usage);
    return args.Length == 0 ? 1 : 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    return await new CallCommand(CallArguments.Read(args), TimeProvider.System, Console.Out).Run(stop.Token);
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
catch (FormatException error)
{
    Console.Error.WriteLine($"{error.Message}\n\n{CallArguments.Usage}");
}
catch (Exception error) when (error is WavException or CallRefusedException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(error.Message);
}
catch (Exception error) when (error is HttpRequestException or WebSocketException)
{
    Console.Error.WriteLine("The server can't be reached. Start one with ./voicegrains up, or name it with --url.");
}

return 1;
