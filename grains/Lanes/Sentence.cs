using VoiceGrains.Media;

namespace VoiceGrains.Lanes;

/// <summary>Admitted words of a segment on their way into lanes.</summary>
/// <param name="IsLast">Whether the segment ends with it. The text may be empty then.</param>
/// <param name="Clock">For the latency of each stage.</param>
sealed record Sentence(int Segment, Language Language, string Text, bool IsLast, SegmentOrigin Origin, SentenceClock Clock);

/// <summary>Timestamps of one sentence on its way.</summary>
/// <param name="SpeechEndedAt">When the last sound of it arrived; null for typed text.</param>
/// <param name="FinalAt">When its words were final.</param>
sealed record SentenceClock(long? SpeechEndedAt, long FinalAt, TimeProvider Time)
{
    /// <summary>End of speech to final words.</summary>
    public TimeSpan? Recognized => SpeechEndedAt is { } ended ? Time.GetElapsedTime(ended, FinalAt) : null;
}
