namespace VoiceGrains.Eval.Metrics;

/// <summary>Numbers of one kind, and what they say together.</summary>
sealed class Figures
{
    readonly List<double> _all = [];
    bool _isSorted = true;

    public int Count => _all.Count;

    /// <summary>Null without any.</summary>
    public double? Mean
    {
        get
        {
            Sort();
            return _all.Count == 0 ? null : _all.Sum() / _all.Count;
        }
    }

    public double? Median => At(0.5);

    public void Add(double figure)
    {
        _all.Add(figure);
        _isSorted = false;
    }

    public void Add(double? figure)
    {
        if (figure is { } known)
            Add(known);
    }

    /// <summary>The smallest figure that this share of them does not exceed (nearest rank). Null without any.</summary>
    public double? At(double share)
    {
        Sort();
        return _all.Count == 0 ? null : _all[Math.Clamp((int)Math.Ceiling(_all.Count * share) - 1, 0, _all.Count - 1)];
    }

    /// <summary>How many of them are below a limit, as a share. Null without any.</summary>
    public double? ShareBelow(double limit) => _all.Count == 0 ? null : (double)_all.Count(figure => figure < limit) / _all.Count;

    void Sort()
    {
        if (!_isSorted)
            _all.Sort();
        _isSorted = true;
    }
}
