using System.Collections.Immutable;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using static VoiceGrains.Tests.Unit.Grains.Sent;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Checkpoints, made short.</summary>
static class Kept
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly LedgerCheckpoint NoFrames = new(0, 0, 0, 0, 0, 0, 0, 0, []);

    public static Checkpoint Checkpoint(params ImmutableArray<SegmentCheckpoint> segments) => Checkpoint(NoFrames, 1, segments);

    public static Checkpoint Checkpoint(LedgerCheckpoint ledger, long resumeFrom, params ImmutableArray<SegmentCheckpoint> segments) =>
        new(7, resumeFrom, segments.Select(static segment => segment.Number).DefaultIfEmpty(0).Max(), ledger, segments);

    /// <summary>A segment without words that has ended and is not recorded.</summary>
    public static SegmentCheckpoint Segment(int number) => Ended(number, [], []);

    /// <summary>A segment that was still being spoken.</summary>
    public static SegmentCheckpoint Open(int number, ImmutableArray<string> sentences, string unsent, params ImmutableArray<LaneCheckpoint> lanes) =>
        new(number, English, SegmentOrigin.Spoken, sentences, unsent, Start, TimeSpan.FromSeconds(1), null, IsRecorded: false, lanes);

    public static SegmentCheckpoint Ended(int number, ImmutableArray<string> sentences, params ImmutableArray<LaneCheckpoint> lanes) =>
        Open(number, sentences, "", lanes) with { EndedAt = Start };

    /// <summary>The lane into Spanish after whole sentences.</summary>
    public static LaneCheckpoint Lane(ImmutableArray<string> clauses, int sentences, int clausesOfNext = 0) =>
        new(Spanish, clauses, TranslationQuality.Good, sentences, clausesOfNext, WordsOfNext: 0, IsFinal: false, IsHeard: false, SpokenThrough: 0, OnlyRead: []);
}
