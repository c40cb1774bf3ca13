using VoiceGrains.Calls;
using VoiceGrains.Media;

namespace VoiceGrains.Lanes;

/// <summary>What a lane has committed of one segment. Clauses are numbered from 1; committed text only grows.</summary>
sealed class LaneText(Language language, int segment, SegmentOrigin origin, long revision = 0)
{
    long _revision = revision;

    public int Segment { get; } = segment;

    public string Committed { get; private set; } = "";

    public int Clauses { get; private set; }

    /// <summary>The worst quality of its parts.</summary>
    public TranslationQuality Quality { get; private set; } = TranslationQuality.Original;

    /// <summary>Commits a clause; returns its number.</summary>
    public int Commit(string clause, TranslationQuality quality)
    {
        Committed = Joined(Committed, clause);
        if (quality > Quality)
            Quality = quality;
        return ++Clauses;
    }

    /// <summary>The caption as it stands now.</summary>
    /// <param name="tail">What will probably follow, and may still change.</param>
    public CaptionDelivery Caption(Language spoken, string tail, bool isFinal, StageLatency latency) =>
        new(language, Segment, ++_revision, spoken, Committed, tail, isFinal, Quality, origin, latency);

    /// <summary>Clauses one after the other, as they are written.</summary>
    public string Joined(string before, string clause) => before.Length == 0 || !NeedsSpace(before[^1]) ? before + clause : Spacing.Join(language, before, clause);

    public RecordedTranslation Record() => new(language, Committed, Quality);

    // Chinese and Japanese marks already take the room of a space.
    static bool NeedsSpace(char last) => last is not ('、' or '。' or '！' or '？' or '，' or '；' or '：');
}
