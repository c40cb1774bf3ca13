using System.Collections.Immutable;
using VoiceGrains.Media;

namespace VoiceGrains.Calls;

/// <summary>A finished segment, as it stands in the transcript.</summary>
/// <param name="Number">Counts the speaker's segments from 1.</param>
/// <param name="StartedAt">When the first word was heard.</param>
/// <param name="Duration">Of the speech; zero for typed text.</param>
/// <param name="Frames">How many frames it covers.</param>
/// <param name="Translations">One for each language that was listened to.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.RecordedSegment")]
public sealed record RecordedSegment(
    ParticipantId Speaker,
    string SpeakerName,
    int Number,
    Language Language,
    string Text,
    SegmentOrigin Origin,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    int Frames,
    ImmutableArray<RecordedTranslation> Translations);

/// <summary>One translation of a recorded segment.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.RecordedTranslation")]
public sealed record RecordedTranslation(Language Language, string Text, TranslationQuality Quality);
