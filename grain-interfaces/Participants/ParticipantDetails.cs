using System.Collections.Immutable;
using VoiceGrains.Calls;

namespace VoiceGrains.Participants;

/// <summary>One participant, as an operator sees them. Nothing that was said.</summary>
/// <param name="Fence">Of their connection; null: there is none here yet.</param>
/// <param name="Gateway">The link of their connection; null: as <paramref name="Fence"/>.</param>
/// <param name="IsSpeaking">Whether a segment is open.</param>
/// <param name="Heard">How long ago their gateway called; it does so every 2 s at least.</param>
/// <param name="Uncommitted">Captions and speech that wait for the gateway to keep a checkpoint.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.ParticipantDetails")]
public sealed record ParticipantDetails(
    ParticipantFigures Figures,
    Language Language,
    Fence? Fence,
    GatewayId? Gateway,
    Marks Marks,
    bool IsSpeaking,
    TimeSpan Heard,
    int Uncommitted,
    EngineInUse Recognizer,
    ImmutableArray<LaneDetails> Lanes);

/// <summary>One lane of a speaker.</summary>
/// <param name="Waiting">Sentences that are not translated wholly yet.</param>
/// <param name="Lag">Since the words of the oldest of them were final; zero: none waits.</param>
/// <param name="Speaking">Segments that a synthesizer speaks, or that wait for it.</param>
/// <param name="Unplayed">Speech that is committed, and that listeners have not heard yet.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.LaneDetails")]
public sealed record LaneDetails(
    Language Language, int Waiting, TimeSpan Lag, int Speaking, TimeSpan Unplayed, EngineInUse Translator, EngineInUse Synthesizer);

/// <summary>The engine of a stage, for one speaker and language.</summary>
/// <param name="Name">That worked last; null: none has yet.</param>
/// <param name="First">That is tried first; null: none is there for the language.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.EngineInUse")]
public sealed record EngineInUse(string? Name, string? First)
{
    /// <summary>Whether another than the first works.</summary>
    public bool IsFallback => Name is not null && Name != First;
}
