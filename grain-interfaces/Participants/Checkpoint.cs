using System.Collections.Immutable;
using VoiceGrains.Media;

namespace VoiceGrains.Participants;

/// <summary>
/// All that another activation needs to go on where this one stood: kept by the speaker's gateway, and sealed by the client. At most <see cref="MostBytes"/> as JSON.
/// </summary>
/// <param name="Version">Grows with each checkpoint of the participant, over activations.</param>
/// <param name="ResumeFrom">The first number that the next activation must get: the frame after the last admitted word.</param>
/// <param name="Segments">Those that are not recorded and delivered to the end, and a few seconds of those that are, for listeners who come back.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.Checkpoint")]
public sealed record Checkpoint(
    long Version, long ResumeFrom, int LastSegment, LedgerCheckpoint Ledger, ImmutableArray<SegmentCheckpoint> Segments)
{
    /// <summary>Beyond this, the oldest segments that are delivered are left out.</summary>
    public const int MostBytes = 32 * 1024;

    /// <summary>How far the sender's frames have come, once this checkpoint is kept.</summary>
    public Marks Marks => new(ResumeFrom - 1, Math.Min(Ledger.Recorded, ResumeFrom - 1));

    /// <summary>Whether nothing remains to be done for what was said.</summary>
    public bool IsSettled => Segments.All(static segment => segment.IsSettled);
}

/// <summary>The ledger in a checkpoint.</summary>
/// <param name="Recorded">Every number up to here is settled.</param>
/// <param name="Sorted">Numbers after <paramref name="Recorded"/> whose fate is known; all others come again.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.LedgerCheckpoint")]
public sealed record LedgerCheckpoint(
    long Highest, long Recognized, long Unrecognized, long Silence, long Lost, long Duplicates, long Repeats, long Recorded, ImmutableArray<SortedNumbers> Sorted);

/// <summary>A row of numbers with one fate.</summary>
/// <param name="Segment">The segment that they belong to; 0: they are settled.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.SortedNumbers")]
public sealed record SortedNumbers(long First, long Last, int Segment);

/// <summary>A segment in a checkpoint.</summary>
/// <param name="Sentences">Admitted words that lanes were given, sentence by sentence.</param>
/// <param name="Unsent">Admitted words after them.</param>
/// <param name="Duration">Of its speech, until the last admitted word.</param>
/// <param name="IsRecorded">Whether it stands in the transcript.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.SegmentCheckpoint")]
public sealed record SegmentCheckpoint(
    int Number,
    Language Language,
    SegmentOrigin Origin,
    ImmutableArray<string> Sentences,
    string Unsent,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    DateTimeOffset? EndedAt,
    bool IsRecorded,
    ImmutableArray<LaneCheckpoint> Lanes)
{
    /// <summary>Whether nothing remains to be done for it.</summary>
    public bool IsSettled => IsRecorded && Lanes.All(static lane => lane.IsFinal && (!lane.IsHeard || lane.SpokenThrough >= lane.Clauses.Length));
}

/// <summary>What a lane has committed of a segment.</summary>
/// <param name="Clauses">Never changes, only grows.</param>
/// <param name="SentencesDone">How many of the segment's sentences are translated wholly.</param>
/// <param name="ClausesOfNext">How many of the clauses belong to the sentence after those.</param>
/// <param name="WordsOfNext">How many words after those sentences these clauses need, when they were committed before the sentence was over; 0 otherwise.</param>
/// <param name="IsHeard">Whether it is spoken.</param>
/// <param name="SpokenThrough">Clauses up to here have arrived at all gateways as speech.</param>
/// <param name="OnlyRead">Places of clauses, from 0, that are for captions alone.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.LaneCheckpoint")]
public sealed record LaneCheckpoint(
    Language Language,
    ImmutableArray<string> Clauses,
    TranslationQuality Quality,
    int SentencesDone,
    int ClausesOfNext,
    int WordsOfNext,
    bool IsFinal,
    bool IsHeard,
    int SpokenThrough,
    ImmutableArray<int> OnlyRead);

/// <summary>A speaker's activation asks the gateway of its connection to keep a checkpoint.</summary>
/// <param name="Taken">The highest number taken so far.</param>
/// <param name="IsRewound">The recognizer was lost: everything from <see cref="Checkpoint.ResumeFrom"/> on must come again.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.CommitRequest")]
public sealed record CommitRequest(ParticipantId Speaker, Fence Fence, Checkpoint Checkpoint, long Taken, bool IsRewound);

/// <summary>The answer to a <see cref="CommitRequest"/>.</summary>
[GenerateSerializer, Alias("voicegrains.CommitOutcome")]
public enum CommitOutcome
{
    Kept,

    /// <summary>The gateway has not heard yet that this activation took over: ask again.</summary>
    NotYet,

    /// <summary>Another activation took over: this one must end.</summary>
    Refused,

    /// <summary>The connection is gone. What is said now is kept by nobody until the participant comes back.</summary>
    Absent,
}
