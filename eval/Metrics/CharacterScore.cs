using System.Runtime.InteropServices;

namespace VoiceGrains.Eval.Metrics;

/// <summary>
/// chrF2 (Popović 2015) as sacreBLEU counts it: n-grams of one to six characters without white space, precision and recall averaged over the orders that both have,
/// F with beta 2, from 0 to 100. Counts are summed over the corpus before.
/// </summary>
sealed class CharacterScore
{
    const int Orders = 6;
    const double Factor = 4;

    readonly long[] _hypothesis = new long[Orders];
    readonly long[] _reference = new long[Orders];
    readonly long[] _matches = new long[Orders];

    public double Score
    {
        get
        {
            var (precision, recall, orders) = (0.0, 0.0, 0);
            for (var i = 0; i < Orders; i++)
            {
                if (_hypothesis[i] == 0 || _reference[i] == 0)
                    continue;
                precision += (double)_matches[i] / _hypothesis[i];
                recall += (double)_matches[i] / _reference[i];
                orders++;
            }

            return orders == 0 || precision + recall == 0 ? 0 : 100 * (1 + Factor) * precision * recall / (orders * (Factor * precision + recall));
        }
    }

    public void Add(string hypothesis, string reference)
    {
        var (said, wanted) = (Letters(hypothesis), Letters(reference));
        for (var order = 1; order <= Orders; order++)
        {
            var (saidCounts, wantedCounts) = (Grams(said, order), Grams(wanted, order));
            _hypothesis[order - 1] += Math.Max(0, said.Length - order + 1);
            _reference[order - 1] += Math.Max(0, wanted.Length - order + 1);
            foreach (var (gram, count) in saidCounts)
                _matches[order - 1] += Math.Min(count, wantedCounts.GetValueOrDefault(gram));
        }
    }

    static string Letters(string text) => string.Concat(text.Where(static letter => !char.IsWhiteSpace(letter)));

    static Dictionary<string, int> Grams(string text, int order)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i + order <= text.Length; i++)
            CollectionsMarshal.GetValueRefOrAddDefault(counts, text.Substring(i, order), out _)++;
        return counts;
    }
}
