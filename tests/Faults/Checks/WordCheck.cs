namespace VoiceGrains.Tests.Faults.Checks;

/// <summary>Compares words that are each said once with the words that came.</summary>
static class WordCheck
{
    public static IEnumerable<(FindingKind Kind, string What)> Compare(IReadOnlyList<string> expected, IReadOnlyList<string> came)
    {
        var places = expected.Select(static (word, place) => (word, place)).ToDictionary();
        var unknown = came.Where(word => !places.ContainsKey(word)).ToList();
        if (unknown.Count > 0)
            yield return (FindingKind.WrongText, $"nobody said '{string.Join(' ', unknown)}'");
        var twice = came.GroupBy(static word => word).Where(static group => group.Count() > 1).Select(static group => group.Key).ToList();
        if (twice.Count > 0)
            yield return (FindingKind.Duplicated, $"'{string.Join(' ', twice)}' came more than once");
        var missing = expected.Except(came).ToList();
        if (missing.Count > 0)
            yield return (FindingKind.Lost, $"'{string.Join(' ', missing)}' did not come");
        var order = came.Where(places.ContainsKey).Distinct().Select(word => places[word]).ToList();
        if (!order.SequenceEqual(order.Order()))
            yield return (FindingKind.WrongOrder, $"came as '{string.Join(' ', came)}'");
    }
}
