using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using VoiceGrains.Tests.Load.Stages;

namespace VoiceGrains.Tests.Load;

/// <summary>How much load, for how long.</summary>
/// <param name="Calls">Calls at a time, each with two people who speak English and two who speak Spanish. Default: 50.</param>
/// <param name="Duration">Time that is measured, after <see cref="WarmUp"/>. Default: 30 s.</param>
/// <param name="Frame">Length of a frame, 20 to 200 ms. Default: 100 ms.</param>
sealed record LoadPlan(int Calls, TimeSpan Duration, TimeSpan Frame)
{
    public const int PeopleOfCall = 4;

    /// <summary>Connections are made and code is compiled; not measured.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    public int People => Calls * PeopleOfCall;

    /// <summary>Reads <c>--calls N --seconds N --frame-ms N</c>.</summary>
    public static bool TryRead(string[] arguments, [NotNullWhen(true)] out LoadPlan? plan, out string mistake)
    {
        var given = new Dictionary<string, int> { ["--calls"] = 50, ["--seconds"] = 30, ["--frame-ms"] = 100 };
        plan = null;
        mistake = "Usage: ./voicegrains bench [--calls 1-500] [--seconds 5-600] [--frame-ms 20-200]\n   or: ./voicegrains bench drain [--people 2-1000] [--runs 1-100]\n   or: " + StagePlan.Usage;
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (!given.ContainsKey(arguments[i]) || i + 1 == arguments.Length || !int.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out var value))
                return false;
            given[arguments[i]] = value;
        }

        if (given["--calls"] is < 1 or > 500 || given["--seconds"] is < 5 or > 600 || given["--frame-ms"] is < 20 or > 200)
            return false;
        plan = new LoadPlan(given["--calls"], TimeSpan.FromSeconds(given["--seconds"]), TimeSpan.FromMilliseconds(given["--frame-ms"]));
        return true;
    }
}
