using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using VoiceGrains.Tests.EmulatedVendors;

// The doubles of all vendors in a process of their own, for whoever tries VoiceGrains without keys: runs until it is asked to stop.
var arguments = new ConfigurationBuilder().AddCommandLine(args).Build();
if (arguments["settings"] is not { } settings)
{
    Console.Error.WriteLine("Usage: VoiceGrains.Tests.EmulatedVendors --settings FILE [--recording FILE.wav]");
    return 1;
}

var recording = arguments["recording"] is { } file ? Path.GetFullPath(file) : null;
settings = Path.GetFullPath(settings);
// A web server watches the settings files of its folder; that of the caller may be large.
Directory.SetCurrentDirectory(AppContext.BaseDirectory);

var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.TrySetResult();
}

using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
await using var doubles = await VendorDoubles.Start();
if (recording is not null)
    SpokenRecording.Write(recording);
// Whoever waits for the file takes it as the sign that everything is ready, so it must be whole at once.
await File.WriteAllLinesAsync(settings + ".new", doubles.Settings.Select(static setting => $"{setting.Name}={setting.Value}"));
File.Move(settings + ".new", settings, overwrite: true);
await stop.Task;
foreach (var mistake in doubles.Mistakes)
    Console.WriteLine(mistake);
return 0;
