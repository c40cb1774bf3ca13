using System.Globalization;
using VoiceGrains.Tests.Faults.Figures;

namespace VoiceGrains.Tests.Faults;

/// <summary>The table at the end.</summary>
static class ChaosTable
{
    public static void Print(IEnumerable<FaultRow> rows, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{"fault",-17}{"runs",5}{"lost",6}{"dup.",6}{"rep.",6}{"unacc.",8}{"accepted p50",14}{"p95",8}{"gap p50",10}{"p95",8}{"max",8}{"lag normal p95",16}   (ms)");
        foreach (var row in rows)
        {
            output.WriteLine(
                $"{row.Fault,-17}{row.Runs,5}{row.Lost,6}{row.Duplicated,6}{row.RepeatsAfterDoubleFailure,6}{row.FramesUnaccounted,8}"
                + $"{Shown(row.AcceptedMsP50),14}{Shown(row.AcceptedMsP95),8}{Shown(row.GapMsP50),10}{Shown(row.GapMsP95),8}{Shown(row.GapMsMax),8}{Shown(row.LagNormalMsP95),16}"
                + (row.IsClean ? "" : "   not clean"));
        }
    }

    static string Shown(double? value) => value?.ToString("0", CultureInfo.InvariantCulture) ?? "-";
}
