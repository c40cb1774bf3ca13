using System.Collections.Immutable;

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
    readonly LinkedList<LedgerEntry> _open = new();
    long _recognized;
    long _unrecognized;
    long _silence;
    long _lost;
    long _duplicates;
    readonly long _repeats;

    /// <param name="before">Figures of the activation before this one; what was pending then is lost.</param>
    public FrameLedger(LedgerFigures? before = null)
    {
        var figures = before ?? new LedgerFigures(0, 0, 0, 0, 0, 0, 0);
        (Highest, Recorded, Next) = (figures.Highest, figures.Highest, figures.Highest + 1);
        (_recognized, _unrecognized, _silence, _duplicates) = (figures.Recognized, figures.Unrecognized, figures.Silence, figures.Duplicates);
        (_lost, _repeats) = (figures.Lost + figures.Pending, figures.Repeats);
    }

    /// <summary>Goes on where a checkpoint stood: numbers from <see cref="Checkpoint.ResumeFrom"/> on come again, but for those that are sorted.</summary>
    public FrameLedger(Checkpoint checkpoint)
    {
        var kept = checkpoint.Ledger;
        (Highest, Recorded, Next) = (kept.Highest, kept.Recorded, checkpoint.ResumeFrom);
        (_recognized, _unrecognized, _silence, _lost) = (kept.Recognized, kept.Unrecognized, kept.Silence, kept.Lost);
        (_duplicates, _repeats) = (kept.Duplicates, kept.Repeats);
        var known = checkpoint.Segments.Select(static segment => segment.Number).ToHashSet();
        foreach (var row in kept.Sorted)
        {
            // A checkpoint that was too large went without its oldest segments.
            var isLost = row.Segment != 0 && !known.Contains(row.Segment);
            var fate = row.Segment == 0 || isLost ? FrameFate.Settled : FrameFate.InSegment;
            if (isLost)
                _lost += row.Last - row.First + 1;
            _open.AddLast(new LedgerEntry(row.First, null, null, 0) { Last = row.Last, Fate = fate, Segment = row.Segment });
        }

        Advance();
    }

    /// <summary>The number that must come next.</summary>
    public long Next { get; private set; }

    /// <summary>The highest number that ever came.</summary>
    public long Highest { get; private set; }

    /// <summary>Everything up to here is settled.</summary>
    public long Recorded { get; private set; }

    /// <summary>The first number whose words are not admitted yet: what another activation would have to hear.</summary>
    public long ResumeFrom => Math.Min(Next, _open.FirstOrDefault(static entry => entry.Fate == FrameFate.Unsorted)?.Number ?? Next);

    public LedgerFigures Figures
    {
        get
        {
            var awaited = Math.Max(0, Highest - Next + 1) - _open.Sum(entry => Math.Max(0, entry.Last - Math.Max(entry.Number, Next) + 1));
            return new LedgerFigures(
                Highest,
                _recognized,
                _unrecognized,
                _silence,
                _lost,
                _open.Where(static entry => entry.Fate != FrameFate.Settled).Sum(static entry => entry.Count) + awaited,
                _duplicates,
                _repeats);
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
            Take(new LedgerEntry(Next, null, null, 0) { Last = end - 1, Fate = FrameFate.Settled });
        }

        Advance();
    }

    /// <summary>Takes an audio frame that ends at a position.</summary>
    public void TakeAudio(long number, TimeSpan start, TimeSpan end, long arrivedAt) => Take(new LedgerEntry(number, start, end, arrivedAt));

    /// <summary>Takes an audio frame that no recognizer can turn into words.</summary>
    public void TakeUnrecognizable(long number) => TakeSettled(number, ref _unrecognized);

    /// <summary>Takes a number that nothing was said with.</summary>
    public void TakeSilence(long number) => TakeSettled(number, ref _silence);

    /// <summary>Takes a typed text that makes up a segment by itself. False: it came before a replay and is done.</summary>
    public bool TakeText(long number, int segment) => Take(new LedgerEntry(number, null, null, 0) { Fate = FrameFate.InSegment, Segment = segment });

    /// <summary>Audio that ends before the position was silence.</summary>
    public void SettleSilence(TimeSpan until)
    {
        foreach (var entry in Unsorted().Where(entry => entry.End <= until))
            Settle(entry, ref _silence);
        Advance();
    }

    /// <summary>
    /// Words up to the position are admitted, so audio that ends before it need not come again. A frame that lies across it may hold the beginning of the next word.
    /// </summary>
    public void Admit(int segment, TimeSpan until) => Sort(segment, Unsorted().Where(entry => entry.End <= until));

    /// <summary>The segment ended at the position: audio that begins before it belongs to the segment.</summary>
    public void Close(int segment, TimeSpan until) => Sort(segment, Unsorted().Where(entry => entry.Start < until));

    /// <summary>How many numbers belong to a segment that is not recorded yet.</summary>
    public int FramesOf(int segment) => (int)_open.Where(entry => entry.Fate == FrameFate.InSegment && entry.Segment == segment).Sum(static entry => entry.Count);

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
            if (node.Value.Fate == FrameFate.Unsorted)
                _open.Remove(node);
            node = after;
        }

        return Next;
    }

    /// <summary>The ledger for a checkpoint.</summary>
    public LedgerCheckpoint Checkpoint()
    {
        var sorted = ImmutableArray.CreateBuilder<SortedNumbers>();
        foreach (var entry in _open.Where(static entry => entry.Fate != FrameFate.Unsorted))
        {
            var segment = entry.Fate == FrameFate.Settled ? 0 : entry.Segment;
            if (sorted.Count > 0 && sorted[^1] is var last && last.Segment == segment && last.Last + 1 == entry.Number)
                sorted[^1] = last with { Last = entry.Last };
            else
                sorted.Add(new SortedNumbers(entry.Number, entry.Last, segment));
        }

        return new LedgerCheckpoint(Highest, _recognized, _unrecognized, _silence, _lost, _duplicates, _repeats, Recorded, sorted.DrainToImmutable());
    }

    /// <summary>When the audio at a position arrived, as a timestamp. Null: it is settled already.</summary>
    public long? ArrivalOf(TimeSpan position) => _open.FirstOrDefault(entry => entry.End >= position)?.ArrivedAt;

    void TakeSettled(long number, ref long count)
    {
        var entry = new LedgerEntry(number, null, null, 0);
        if (Take(entry))
            Settle(entry, ref count);
        Advance();
    }

    // False: the number was taken before a replay, and keeps its fate.
    bool Take(LedgerEntry entry)
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
    LinkedListNode<LedgerEntry>? EntryFrom(long number)
    {
        var entry = _open.Last;
        while (entry is not null && entry.Value.Number > number)
            entry = entry.Previous;
        return entry;
    }

    List<LedgerEntry> Unsorted() => [.. _open.Where(static entry => entry.Fate == FrameFate.Unsorted)];

    void SettleSegment(int segment, ref long count)
    {
        foreach (var entry in _open.Where(entry => entry.Fate == FrameFate.InSegment && entry.Segment == segment))
            Settle(entry, ref count);
        Advance();
    }

    static void Settle(LedgerEntry entry, ref long count)
    {
        entry.Fate = FrameFate.Settled;
        count += entry.Count;
    }

    static void Sort(int segment, IEnumerable<LedgerEntry> entries)
    {
        foreach (var entry in entries)
            (entry.Fate, entry.Segment) = (FrameFate.InSegment, segment);
    }

    void Advance()
    {
        while (_open.First is { Value: { Fate: FrameFate.Settled } first } && first.Last < Next)
        {
            Recorded = first.Last;
            _open.RemoveFirst();
        }
    }
}
