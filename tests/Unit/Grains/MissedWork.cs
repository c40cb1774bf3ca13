using System.Collections.Immutable;
using VoiceGrains.Calls;
using VoiceGrains.Checkpoints;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Tests.Support;
using static VoiceGrains.Tests.Unit.Grains.Sent;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>What Ana said lately in English, with one clause of two chunks for each segment in Spanish; and Bob, who comes to a gateway.</summary>
sealed class MissedWork
{
    readonly RecentSegments _recent;
    readonly List<RecordedSegment> _recorded = [];

    public MissedWork() => _recent = new RecentSegments(Time);

    public ManualTime Time { get; } = new();

    public CatchUpRequest Newcomer { get; } = new(
        new ParticipantId("bob"), new GatewayId("east"), Spanish, Wants.Captions | Wants.Speech, IsNewcomer: true, TimeSpan.Zero, []);

    public int LastSegment { get; set; }

    public CatchUpRequest Returner(params ImmutableArray<HeardOfSpeaker> heard) =>
        Newcomer with { IsNewcomer = false, Away = TimeSpan.FromSeconds(1), Heard = heard };

    public void Open(int number, string text)
    {
        LastSegment = number;
        var segment = _recent.Add(number, English, SegmentOrigin.Spoken);
        segment.Caption = Caption(number, English, "Hello.", isFinal: false);
        var lane = segment.Lanes[Spanish] = new RecentLane(Spanish, isHeard: true);
        lane.Caption = Caption(number, Spanish, text, isFinal: false);
        var clause = new RecentClause(text) { BegunAt = Time.GetUtcNow(), Begin = new SpeechBeginDelivery(Spanish, number, 1, text, StageLatency.None) };
        clause.Chunks.AddRange(Chunk(1), Chunk(2));
        lane.Clauses.Add(clause);
    }

    public void Ended(int number, string text)
    {
        Open(number, text);
        var segment = _recent.Find(number)!;
        (segment.EndedAt, segment.IsRecorded) = (Time.GetUtcNow(), true);
        segment.Caption = Caption(number, English, "Hello.", isFinal: true);
        var lane = segment.Lanes[Spanish];
        (lane.IsFinal, lane.Caption) = (true, Caption(number, Spanish, text, isFinal: true));
        lane.Clauses[0].End = new SpeechEndDelivery(Spanish, number, 1, TimeSpan.FromMilliseconds(40), IsWhole: true);
    }

    /// <summary>A segment that only the transcript still has.</summary>
    public void Recorded(int number, string text)
    {
        LastSegment = Math.Max(LastSegment, number);
        _recorded.Add(new RecordedSegment(
            SpeakerAtWork.Ana,
            "Ana",
            number,
            English,
            "Hello.",
            SegmentOrigin.Spoken,
            Time.GetUtcNow(),
            TimeSpan.Zero,
            1,
            [new RecordedTranslation(Spanish, text, TranslationQuality.Good)]));
    }

    /// <summary>After which segment the transcript is read; null: it is not.</summary>
    public int? ReadsAfter(CatchUpRequest request) => Of(request).ReadsAfter(_recent.All, LastSegment);

    /// <summary>What is missed, with the transcript where it must be read. A final caption ends with a mark.</summary>
    public string Missed(CatchUpRequest request)
    {
        var missed = Of(request);
        IEnumerable<RecordedSegment> recorded = missed.ReadsAfter(_recent.All, LastSegment) is { } after ? _recorded.Where(each => each.Number > after) : [];
        return string.Join(' ', missed.Of(_recent.All, [.. recorded], 0).Select(static each => each is CaptionDelivery caption
            ? $"{caption.Language}{caption.Segment}:{caption.Committed}{(caption.IsFinal ? "!" : "")}"
            : new[] { each }.Text()));
    }

    MissedSpeech Of(CatchUpRequest request) => new(SpeakerAtWork.Ana, request, Time.GetUtcNow());

    static CaptionDelivery Caption(int segment, Language language, string text, bool isFinal) => new(
        language, segment, 1, English, text, "", isFinal, TranslationQuality.Good, SegmentOrigin.Spoken, StageLatency.None);
}
