namespace VoiceGrains.Participants;

/// <summary>A number of the ledger, or a row of them with one fate.</summary>
sealed class LedgerEntry(long number, TimeSpan? start, TimeSpan? end, long arrivedAt)
{
    public long Number { get; } = number;

    /// <summary>Of a row of lost numbers, or one from a checkpoint; else the number itself.</summary>
    public long Last { get; init; } = number;

    public long Count => Last - Number + 1;

    public TimeSpan? Start { get; } = start;

    public TimeSpan? End { get; } = end;

    public long ArrivedAt { get; } = arrivedAt;

    public FrameFate Fate { get; set; }

    public int Segment { get; set; }
}

/// <summary>What became of a number so far.</summary>
enum FrameFate
{
    /// <summary>The recognizer has not said yet.</summary>
    Unsorted,

    /// <summary>In a segment that is not recorded yet.</summary>
    InSegment,
    Settled,
}
