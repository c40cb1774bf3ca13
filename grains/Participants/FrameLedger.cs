namespace VoiceGrains.Participants;

/// <summary>What to do with a number that arrives.</summary>
enum Arrival
{
    /// <summary>Take it.</summary>
    Fresh,

    /// <summary>It was taken before: drop it.</summary>
    Duplicate,

    /// <summary>A number before it is missing: ask for <see cref="FrameLedger.Next"/>.</summary>
    Gap,
}

/// <summary>
/// Accounts for every number that a participant sent: recognized, unrecognized, silence, lost, or pending. Positions are on the clock of the
/// audio that was given to recognizers, over all sessions.
/// </summary>
sealed class FrameLedger
{
    // In the order of their numbers. A text is settled by itself; audio is sorted out in order, as the recognizer goes.
    readonly LinkedList<Entry> _open = new();
    long _recognized;
    long _unrecognized;
    long _silence;
    long _lost;
    long _duplicates;

    /// <param name="before">Figures of the activation before this one; what was pending then is lost.</param>
    public FrameLedger(LedgerFigures? before = null)
    {
        var figures = before ?? new LedgerFigures(0, 0, 0, 0, 0, 0, 0);
        (Highest, Recorded, Next) = (figures.Highest, figures.Highest, figures.Highest + 1);
        (_recognized, _unrecognized, _silence, _duplicates) = (figures.Recognized, figures.Unrecognized, figures.Silence, figures.Duplicates);
        _lost = figures.Lost + figures.Pending;
    }

    enum Fate
    {
        /// <summary>The recognizer has not said yet.</summary>
        Unsorted,

        /// <summary>In a segment that is not recorded yet.</summary>
        InSegment,
        Settled,
    }

    /// <summary>The number that must come next.</summary>
    public long Next { get; private set; }

    /// <summary>The highest number that ever came.</summary>
    public long Highest { get; private set; }

    /// <summary>Everything up to here is settled.</summary>
    public long Recorded { get; private set; }

    public LedgerFigures Figures
    {
        get
        {
            var awaited = Math.Max(0, Highest - Next + 1) - _open.Sum(entry => Math.Max(0, entry.Last - Math.Max(entry.Number, Next) + 1));
            return new LedgerFigures(
                Highest, _recognized, _unrecognized, _silence, _lost, _open.Count(static entry => entry.Fate != Fate.Settled) + awaited, _duplicates);
        }
    }

    public Arrival Judge(long number)
    {
        if (number > Next)
            return Arrival.Gap;
        if (number < Next)
        {
            _duplicates++;
            return Arrival.Duplicate;
        }

        if (number > Highest || !(EntryFrom(number)?.Value.Last >= number))
            return Arrival.Fresh;

        // It was settled before a replay that had to begin further back, and keeps its fate.
        Next = number + 1;
        Advance();
        return Arrival.Duplicate;
    }

    /// <summary>The sender no longer has what comes before this number: what is missing is lost.</summary>
    public void SkipTo(long oldest)
    {
        while (Next < oldest)
        {
            var before = EntryFrom(Next);
            if (before?.Value.Last >= Next)
            {
                // Taken before a replay: it keeps its fate.
                Next = Math.Min(oldest, before.Value.Last + 1);
                continue;
            }

            // One entry for the whole row: its length is the sender's choice.
            var after = before is null ? _open.First : before.Next;
            var end = Math.Min(oldest, after?.Value.Number ?? oldest);
            _lost += end - Next;
            Take(new Entry(Next, null, null, 0) { Last = end - 1, Fate = Fate.Settled });
        }

        Advance();
    }

    /// <summary>Takes an audio frame that ends at a position.</summary>
    public void TakeAudio(long number, TimeSpan start, TimeSpan end, long arrivedAt) => Take(new Entry(number, start, end, arrivedAt));

    /// <summary>Takes an audio frame that no recognizer can turn into words.</summary>
    public void TakeUnrecognizable(long number) => TakeSettled(number, ref _unrecognized);

    /// <summary>Takes a number that nothing was said with.</summary>
    public void TakeSilence(long number) => TakeSettled(number, ref _silence);

    /// <summary>Takes a typed text that makes up a segment by itself. False: it came before a replay and is done.</summary>
    public bool TakeText(long number, int segment) => Take(new Entry(number, null, null, 0) { Fate = Fate.InSegment, Segment = segment });

    /// <summary>Audio that ends before the position was silence.</summary>
    public void SettleSilence(TimeSpan until)
    {
        foreach (var entry in Unsorted().Where(entry => entry.End <= until))
            Settle(entry, ref _silence);
        Advance();
    }

    /// <summary>Audio that begins before the position belongs to the segment. Returns how many frames those are.</summary>
    public int Sort(int segment, TimeSpan until)
    {
        var count = 0;
        foreach (var entry in Unsorted().Where(entry => entry.Start < until))
        {
            (entry.Fate, entry.Segment) = (Fate.InSegment, segment);
            count++;
        }

        return count;
    }

    /// <summary>The segment is durably recorded.</summary>
    public void SettleRecognized(int segment) => SettleSegment(segment, ref _recognized);

    /// <summary>The segment holds no words.</summary>
    public void SettleUnrecognized(int segment) => SettleSegment(segment, ref _unrecognized);

    /// <summary>Forgets audio that a lost recognizer held, and says from which number it must come again. Null: nothing was held.</summary>
    public long? Rewind()
    {
        if (Unsorted().FirstOrDefault() is not { } first)
            return null;
        Next = first.Number;
        for (var node = _open.First; node is not null;)
        {
            var after = node.Next;
            if (node.Value.Fate == Fate.Unsorted)
                _open.Remove(node);
            node = after;
        }

        return Next;
    }

    /// <summary>When the audio at a position arrived, as a timestamp. Null: it is settled already.</summary>
    public long? ArrivalOf(TimeSpan position) => _open.FirstOrDefault(entry => entry.End >= position)?.ArrivedAt;

    void TakeSettled(long number, ref long count)
    {
        var entry = new Entry(number, null, null, 0);
        if (Take(entry))
            Settle(entry, ref count);
        Advance();
    }

    // False: the number was taken before a replay, and keeps its fate.
    bool Take(Entry entry)
    {
        Next = entry.Last + 1;
        Highest = Math.Max(Highest, entry.Last);
        var before = EntryFrom(entry.Number);
        if (before?.Value.Last >= entry.Number)
        {
            Advance();
            return false;
        }

        if (before is null)
            _open.AddFirst(entry);
        else
            _open.AddAfter(before, entry);
        return true;
    }

    // The last entry that begins at the number or before it. New numbers belong to the end, so the search begins there.
    LinkedListNode<Entry>? EntryFrom(long number)
    {
        var entry = _open.Last;
        while (entry is not null && entry.Value.Number > number)
            entry = entry.Previous;
        return entry;
    }

    List<Entry> Unsorted() => [.. _open.Where(static entry => entry.Fate == Fate.Unsorted)];

    void SettleSegment(int segment, ref long count)
    {
        foreach (var entry in _open.Where(entry => entry.Fate == Fate.InSegment && entry.Segment == segment))
            Settle(entry, ref count);
        Advance();
    }

    static void Settle(Entry entry, ref long count)
    {
        entry.Fate = Fate.Settled;
        count++;
    }

    void Advance()
    {
        while (_open.First is { Value: { Fate: Fate.Settled } first } && first.Last < Next)
        {
            Recorded = first.Last;
            _open.RemoveFirst();
        }
    }

    sealed class Entry(long number, TimeSpan? start, TimeSpan? end, long arrivedAt)
    {
        public long Number { get; } = number;

        /// <summary>Of a row of lost numbers; else the number itself.</summary>
        public long Last { get; init; } = number;

        public TimeSpan? Start { get; } = start;

        public TimeSpan? End { get; } = end;

        public long ArrivedAt { get; } = arrivedAt;

        public Fate Fate { get; set; }

        public int Segment { get; set; }
    }
}
