using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace VoiceGrains.Gateway.Demo;

/// <summary>The processes of a development cluster on this machine, by the names that its script gave them.</summary>
/// <param name="folder">Holds <c>NAME.pid</c> for each.</param>
sealed class LocalProcesses(string folder)
{
    // Whatever took over the number of a process that ended is none of ours.
    const string Ours = "VoiceGrains";

    /// <summary>Ends a process at once, in the middle of whatever it does. False: there is none of this name.</summary>
    public bool TryKill(string name)
    {
        try
        {
            var id = int.Parse(File.ReadAllText(Path.Combine(folder, $"{Path.GetFileName(name)}.pid")), CultureInfo.InvariantCulture);
            using var process = Process.GetProcessById(id);
            if (!process.ProcessName.StartsWith(Ours, StringComparison.Ordinal))
                return false;
            process.Kill();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or OverflowException
            or ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It was never there, or ended by itself.
            return false;
        }
    }
}
