namespace VoiceGrains.Eval.Metrics;

/// <summary>
/// Normalized erasure (Arivazhagan and others 2020): at each update the units that were shown and are not there any more, |O_(k-1)| - |LCP(O_(k-1), O_k)|, summed
/// and divided by the units of the last caption; over a corpus the ratio of the sums.
/// </summary>
sealed class Erasure
{
    long _erased;
    long _final;

    /// <summary>Null: nothing was ever shown.</summary>
    public double? Normalized => _final == 0 ? null : (double)_erased / _final;

    /// <summary>A caption was replaced by its next revision.</summary>
    public void Revise(IReadOnlyList<string> before, IReadOnlyList<string> now) => _erased += before.Count - CommonPrefix(before, now);

    /// <summary>A caption stands as it is.</summary>
    public void Finish(IReadOnlyList<string> last) => _final += last.Count;

    /// <summary>Takes in what was measured elsewhere.</summary>
    public void Add(Erasure other)
    {
        _erased += other._erased;
        _final += other._final;
    }

    /// <summary>How many units both begin with; all of the shorter one, when the other goes on after it.</summary>
    public static int CommonPrefix(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        var most = Math.Min(one.Count, other.Count);
        for (var i = 0; i < most; i++)
        {
            if (!string.Equals(one[i], other[i], StringComparison.Ordinal))
                return i;
        }

        return most;
    }
}
