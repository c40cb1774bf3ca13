using VoiceGrains.Context;
using VoiceGrains.Engines;
using VoiceGrains.Transcripts;
using VoiceGrains.Voices;

namespace VoiceGrains.Participants;

/// <summary>What a speaker needs of the world.</summary>
/// <param name="Silo">Name of the silo that this runs on.</param>
/// <param name="VoiceFor">The participant's voice in a language; null: none.</param>
sealed record SpeakerServices(
    string Silo,
    CallId Call,
    ParticipantId Participant,
    EngineSet Engines,
    ITranscriptStore Transcripts,
    KnownTerms Terms,
    Func<Language, Task<Voice?>> VoiceFor,
    TimeProvider Time,
    ILogger Logger);
