using VoiceGrains.Recognition;

namespace VoiceGrains.Lanes;

/// <summary>The words of a segment that is being spoken, as they look now.</summary>
/// <param name="Source">All words of the segment.</param>
/// <param name="Clock">For the latency of each stage.</param>
sealed record SpokenWords(int Segment, Language Language, SourceText Source, SentenceClock Clock);
