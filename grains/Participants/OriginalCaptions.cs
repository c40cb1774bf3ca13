using VoiceGrains.Checkpoints;
using VoiceGrains.Deliveries;
using VoiceGrains.Media;
using VoiceGrains.Recognition;

namespace VoiceGrains.Participants;

/// <summary>Captions of what one speaker says, in their own language. Each is newer than the one before, also than those of another activation.</summary>
sealed class OriginalCaptions(Outlets outlets, Commits commits, RecentSegments recent)
{
    long _revision;

    /// <summary>A segment begins.</summary>
    public void Begin() => _revision = recent.FirstRevision;

    /// <summary>How a segment that is being spoken, or was just ended, looks now.</summary>
    /// <param name="recognized">From the end of its last word to this.</param>
    public void Show(OpenSegment segment, bool isFinal, TimeSpan? recognized) => Send(
        new CaptionDelivery(
            segment.Language,
            segment.Number,
            ++_revision,
            segment.Language,
            segment.Admitted,
            isFinal ? "" : segment.Tail,
            isFinal,
            TranslationQuality.Original,
            SegmentOrigin.Spoken,
            new StageLatency(recognized, null, null)));

    /// <summary>A segment as it is kept: typed, or begun by another activation.</summary>
    public void Show(RecentSegment segment) => Send(new CaptionDelivery(
        segment.Language,
        segment.Number,
        recent.FirstRevision + 1,
        segment.Language,
        segment.Text,
        "",
        segment.EndedAt is not null,
        TranslationQuality.Original,
        segment.Origin,
        StageLatency.None));

    /// <summary>Goes on behind those of a segment that another activation began.</summary>
    public void Continue() => _revision = recent.FirstRevision + 1;

    void Send(CaptionDelivery caption)
    {
        if (recent.Find(caption.Segment) is { } segment)
            segment.Caption = caption;
        commits.Deliver(() => outlets.SendOriginalCaption(caption));
    }
}
