using VoiceGrains.Calls;

namespace VoiceGrains.Gateway.Rest;

/// <summary>Rights as they are written in requests.</summary>
static class RightNames
{
    static readonly (string Name, Rights Right)[] All = [("speak", Rights.Speak), ("listen", Rights.Listen), ("transcript", Rights.Transcript)];

    /// <summary>Reads a list; null stands for all. Null: an unknown name, or nothing by which one could take part.</summary>
    public static Rights? Read(IReadOnlyList<string>? names)
    {
        var rights = Rights.None;
        foreach (var name in names ?? [.. All.Select(static known => known.Name)])
        {
            if (All.FirstOrDefault(known => known.Name == name) is not { Right: not Rights.None } found)
                return null;
            rights |= found.Right;
        }

        return (rights & (Rights.Speak | Rights.Listen)) == Rights.None ? null : rights;
    }

    public static IEnumerable<string> Of(Rights rights) => All.Where(known => rights.HasFlag(known.Right)).Select(static known => known.Name);
}
