using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>The settings in the address, read strictly.</summary>
sealed class ListenQuery(IQueryCollection query)
{
    public string? Text(string name) => query[name].FirstOrDefault();

    public IReadOnlyList<string> List(string name) => [.. query[name].OfType<string>()];

    public bool Flag(string name) => Text(name) == "true";

    public double? Number(string name) =>
        double.TryParse(Text(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The first parameter that is not among the known ones. Null: all are.</summary>
    public string? Unknown(HashSet<string> known) => query.Keys.FirstOrDefault(key => !known.Contains(key));

    /// <summary>The first of these flags that is neither true nor false, in small letters.</summary>
    public string? NoFlag(params string[] names) => names.FirstOrDefault(name => Text(name) is not (null or "true" or "false"));

    /// <summary>The first parameter that stands more than once and is no list.</summary>
    public string? Repeated(HashSet<string> lists) => query.FirstOrDefault(pair => pair.Value.Count > 1 && !lists.Contains(pair.Key)).Key;

    /// <summary>Whether it is absent, or a number in the range.</summary>
    public bool IsIn(string name, double least, double most) => Text(name) is null || (Number(name) is { } number && number >= least && number <= most);
}
