using System.Collections.Immutable;

namespace VoiceGrains.Operations;

/// <summary>All running calls of a cluster, put together from what their silos say of them and what the silos of their participants add.</summary>
sealed class CallTable
{
    const int MostAtATime = 200;
    static readonly TimeSpan TroublingLag = TimeSpan.FromSeconds(2);

    readonly IReadOnlyList<CallFigures> _calls;

    /// <param name="reports">The newest first: of a call that has just moved the newest counts.</param>
    public CallTable(IEnumerable<ProcessReport> reports)
    {
        var all = reports.ToList();
        var shares = all.SelectMany(static report => report.Shares).GroupBy(static share => share.Call).ToDictionary(static group => group.Key, static group => group.ToList());
        var calls = new Dictionary<CallId, CallFigures>();
        foreach (var report in all)
        {
            foreach (var call in report.Calls)
                calls.TryAdd(call.Call, FiguresOf(call, report.Process.Name, shares.GetValueOrDefault(call.Call) ?? []));
        }

        _calls = [.. calls.Values];
    }

    public int Count => _calls.Count;

    public int Troubled => _calls.Count(IsTroubled);

    /// <summary>Calls with lost frames, or lanes that lag by more than 2 s.</summary>
    public static bool IsTroubled(CallFigures call) => call.Lost > 0 || call.Lag > TroublingLag;

    public CallFiguresPage List(CallQuery query)
    {
        var search = query.Search.Trim();
        var found = search.Length == 0 ? _calls : [.. _calls.Where(call => Matches(call, search))];
        var sorted = Sorted(found, query.Order, query.IsDescending);
        return new CallFiguresPage([.. sorted.Skip(Math.Max(0, query.Skip)).Take(Math.Clamp(query.Take, 1, MostAtATime))], found.Count, _calls.Count);
    }

    static CallFigures FiguresOf(ReportedCall call, string silo, List<CallShare> shares) => new(
        call,
        silo,
        Math.Round(shares.Sum(static share => share.Frames), 1),
        shares.Count == 0 ? TimeSpan.Zero : shares.Max(static share => share.Lag),
        shares.Sum(static share => share.Lost),
        shares.Sum(static share => share.Segments),
        shares.Count);

    static bool Matches(CallFigures call, string search) =>
        call.Call.Call.Value.Contains(search, StringComparison.OrdinalIgnoreCase)
        || call.Call.Title?.Contains(search, StringComparison.CurrentCultureIgnoreCase) == true
        || call.Call.Tenant.Value.Contains(search, StringComparison.OrdinalIgnoreCase)
        || call.Silo.Contains(search, StringComparison.OrdinalIgnoreCase);

    // The id decides between equals, so that rows stay where they are.
    static IEnumerable<CallFigures> Sorted(IEnumerable<CallFigures> calls, CallOrder order, bool isDescending)
    {
        var sorted = order switch
        {
            CallOrder.Trouble => By(calls, static call => (IsTroubled(call) ? call.Lost : -1, IsTroubled(call) ? call.Lag : TimeSpan.Zero), isDescending),
            CallOrder.Opened => By(calls, static call => call.Call.OpenedAt, isDescending),
            CallOrder.Title => By(calls, static call => call.Call.Title ?? "", isDescending, StringComparer.CurrentCultureIgnoreCase),
            CallOrder.Tenant => By(calls, static call => call.Call.Tenant.Value, isDescending, StringComparer.Ordinal),
            CallOrder.Silo => By(calls, static call => call.Silo, isDescending, NaturalOrder.Instance),
            CallOrder.Participants => By(calls, static call => call.Call.Connected, isDescending),
            CallOrder.Frames => By(calls, static call => call.Frames, isDescending),
            CallOrder.Lag => By(calls, static call => call.Lag, isDescending),
            CallOrder.Lost => By(calls, static call => call.Lost, isDescending),
            _ => By(calls, static call => call.Call.Call.Value, isDescending, StringComparer.Ordinal),
        };
        return sorted.ThenBy(static call => call.Call.Call.Value, StringComparer.Ordinal);
    }

    static IOrderedEnumerable<CallFigures> By<T>(IEnumerable<CallFigures> calls, Func<CallFigures, T> key, bool isDescending, IComparer<T>? comparer = null) =>
        isDescending ? calls.OrderByDescending(key, comparer) : calls.OrderBy(key, comparer);
}
