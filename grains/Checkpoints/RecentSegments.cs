using System.Collections.Immutable;
using VoiceGrains.Media;
using VoiceGrains.Participants;

namespace VoiceGrains.Checkpoints;

/// <summary>
/// What a speaker said lately: all that is not recorded and delivered yet, and some seconds of what is. Checkpoints are made of it, and what listeners who come back missed.
/// </summary>
sealed class RecentSegments(TimeProvider time)
{
    /// <summary>Speech that began longer ago is not spoken to those who come back.</summary>
    public static readonly TimeSpan SpeechLimit = TimeSpan.FromSeconds(8);

    /// <summary>Segments are kept this long after their end.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    // Room for the revisions of one segment and the attaches of one epoch: all together stay below 2^53, which is exact in every client.
    const int RevisionBits = 16;
    const int AttachBits = 16;
    const int EpochBits = 20;

    readonly SortedDictionary<int, RecentSegment> _segments = [];

    public IEnumerable<RecentSegment> All => _segments.Values;

    /// <summary>
    /// Revisions of captions begin after this: activations one after the other leave room between theirs, so that the newest caption has the highest whatever the
    /// one before had sent.
    /// </summary>
    public long FirstRevision { get; private set; }

    public RecentSegment Add(int number, Language language, SegmentOrigin origin)
    {
        ForgetOld();
        return _segments[number] = new RecentSegment(number, language, origin);
    }

    public RecentSegment? Find(int number) => _segments.GetValueOrDefault(number);

    /// <summary>The lane of a segment, which begins with its first sentence.</summary>
    public RecentLane? Lane(int segment, Language language) => Find(segment)?.Lanes.GetValueOrDefault(language);

    /// <summary>Takes up what an activation before this one had.</summary>
    public void Restore(Checkpoint checkpoint, Fence fence)
    {
        FirstRevision = ((Within(fence.Epoch, EpochBits) << AttachBits) + Within(fence.Attach, AttachBits)) << RevisionBits;
        foreach (var kept in checkpoint.Segments)
            _segments[kept.Number] = RecentSegment.From(kept);
    }

    /// <summary>Segments for a checkpoint. Beyond the size that one may have, the oldest that have ended stay out: only this activation knows them then.</summary>
    public ImmutableArray<SegmentCheckpoint> Checkpoint()
    {
        ForgetOld();
        var kept = new List<SegmentCheckpoint>();
        var bytes = 0;
        foreach (var segment in _segments.Values.Reverse())
        {
            var made = segment.Checkpoint();
            bytes += SizeOf(made);
            if (bytes > Participants.Checkpoint.MostBytes - 2_048 && segment.EndedAt is not null)
                continue;
            kept.Add(made);
        }

        kept.Reverse();
        return [.. kept];
    }

    void ForgetOld()
    {
        var now = time.GetUtcNow();
        foreach (var segment in _segments.Values.Where(segment => segment.IsSettled && segment.EndedAt < now - Kept).ToList())
            _segments.Remove(segment.Number);
        foreach (var clause in _segments.Values.SelectMany(static segment => segment.Lanes.Values).SelectMany(static lane => lane.Clauses))
        {
            if (clause.End is not null && clause.HasArrived && clause.BegunAt < now - SpeechLimit)
                clause.Chunks.Clear();
        }
    }

    // As JSON, with names and numbers.
    static int SizeOf(SegmentCheckpoint segment) => 300
        + segment.Sentences.Append(segment.Unsent).Sum(SizeOf)
        + segment.Lanes.Sum(static lane => 200 + lane.Clauses.Sum(SizeOf) + (5 * lane.OnlyRead.Length));

    static long Within(int value, int bits) => Math.Min(value, (1L << bits) - 1);

    static int SizeOf(string text) => 4 + text.Sum(static letter => IsWrittenAsItIs(letter) ? 1 : "\\u0000".Length);

    // Most scripts are not: six bytes for each letter of theirs.
    static bool IsWrittenAsItIs(char letter) => letter is >= ' ' and <= '~' and not ('"' or '&' or '\'' or '+' or '<' or '>' or '`' or '\\');
}
