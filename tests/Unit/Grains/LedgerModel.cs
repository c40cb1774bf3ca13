namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>What a number of a participant came to, in the simple model.</summary>
enum Fate
{
    Awaited,
    Unsorted,
    InSegment,
    Recognized,
    Unrecognized,
    Silence,
    Lost,
}

/// <summary>The frame ledger as its description says it, without any thought of speed: one row for each number.</summary>
sealed class LedgerModel
{
    readonly SortedDictionary<long, (Fate Fate, int End, int Segment)> _rows = [];

    public long Next { get; private set; } = 1;

    public long Highest => _rows.Count == 0 ? 0 : _rows.Keys.Max();

    public long Recorded => Enumerable.Range(1, (int)Next).TakeWhile(number => number < Next && IsSettled(number)).LastOrDefault();

    public long Count(Fate fate) => _rows.Values.Count(row => row.Fate == fate);

    public long Pending => Count(Fate.Awaited) + Count(Fate.Unsorted) + Count(Fate.InSegment);

    /// <summary>Whether the next number was taken before a replay and not given back since.</summary>
    public bool KnowsNext => _rows.TryGetValue(Next, out var row) && row.Fate != Fate.Awaited;

    /// <summary>Takes the next number. What it came to before a replay stands.</summary>
    public void Take(Fate fate, int end = 0, int segment = 0)
    {
        if (!_rows.TryGetValue(Next, out var row) || row.Fate == Fate.Awaited)
            _rows[Next] = (fate, end, segment);
        Next++;
    }

    public void SkipTo(long oldest)
    {
        while (Next < oldest)
            Take(Fate.Lost);
    }

    public void Turn(Func<(Fate Fate, int End, int Segment), bool> which, Fate fate, int segment = 0)
    {
        foreach (var (number, row) in _rows.Where(row => which(row.Value)).ToList())
            _rows[number] = (fate, row.End, segment);
    }

    public long? Rewind()
    {
        var first = _rows.Where(static row => row.Value.Fate == Fate.Unsorted).Select(static row => (long?)row.Key).FirstOrDefault();
        Turn(static row => row.Fate == Fate.Unsorted, Fate.Awaited);
        Next = first ?? Next;
        return first;
    }

    bool IsSettled(long number) => _rows[number].Fate is Fate.Recognized or Fate.Unrecognized or Fate.Silence or Fate.Lost;
}
