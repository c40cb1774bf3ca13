namespace VoiceGrains.Silo;

/// <summary>An engine in the place where a setting names it.</summary>
/// <param name="Knows">Languages or pairs; null: it can't be used.</param>
sealed record PlacedEngine(string Name, IReadOnlyList<string>? Knows);

/// <summary>What the order of a stage's engines comes to: who is used for what, who stands behind them, and what nobody knows.</summary>
static class StageOrder
{
    const int MostNamed = 12;

    /// <param name="all">All languages or pairs that are asked about.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<PlacedEngine> engines, IReadOnlyList<string> all)
    {
        var known = new HashSet<string>();
        for (var place = 0; place < engines.Count; place++)
        {
            var (name, knows) = engines[place];
            yield return $"{place + 1}. {name}: {(knows is null ? "can't be used, see below" : Role(knows, known, all))}";
            known.UnionWith(knows ?? []);
        }

        if (all.Except(known).ToList() is { Count: > 0 } nobody)
            yield return $"nobody for {Named(nobody, all)}";
    }

    static string Role(IReadOnlyList<string> knows, HashSet<string> before, IReadOnlyList<string> all)
    {
        var (first, behind) = (knows.Where(each => !before.Contains(each)).ToList(), knows.Where(before.Contains).ToList());
        var roles = new List<string>();
        if (first.Count > 0)
            roles.Add($"first for {Named(first, all)}");
        if (behind.Count > 0)
            roles.Add($"fallback for {Named(behind, all)}");
        return roles.Count > 0 ? string.Join("; ", roles) : "knows nothing of this here";
    }

    static string Named(List<string> some, IReadOnlyList<string> all) =>
        some.Count <= MostNamed ? string.Join(' ', some) : some.Count == all.Count ? $"all {all.Count} pairs" : $"{some.Count} of {all.Count} pairs";
}
