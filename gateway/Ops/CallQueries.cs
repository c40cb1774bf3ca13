using System.Globalization;
using VoiceGrains.Operations;

namespace VoiceGrains.Gateway.Ops;

/// <summary>Reads which part of the list of calls is asked for.</summary>
static class CallQueries
{
    const int LongestSearch = 200;
    const int MostAtATime = 200;
    const int UsualAtATime = 25;

    /// <summary>
    /// From <c>search</c>, <c>order</c> (default trouble), <c>descending</c> (default true), <c>skip</c> (default 0), <c>take</c> (1 to 200, default 25). Null: one of them is wrong.
    /// </summary>
    public static CallQuery? Read(IQueryCollection query)
    {
        var search = query["search"].ToString();
        if (search.Length > LongestSearch
            || !TryRead(query["skip"], 0, 0, int.MaxValue, out var skip)
            || !TryRead(query["take"], UsualAtATime, 1, MostAtATime, out var take))
            return null;
        var order = CallOrder.Trouble;
        if (query["order"].ToString() is { Length: > 0 } name && !(char.IsAsciiLetter(name[0]) && Enum.TryParse(name, ignoreCase: true, out order)))
            return null;
        var isDescending = true;
        if (query["descending"].ToString() is { Length: > 0 } text && !bool.TryParse(text, out isDescending))
            return null;
        return new CallQuery(search, order, isDescending, skip, take);
    }

    static bool TryRead(string? text, int usual, int least, int most, out int value)
    {
        value = usual;
        return string.IsNullOrEmpty(text) || (int.TryParse(text, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);
    }
}
