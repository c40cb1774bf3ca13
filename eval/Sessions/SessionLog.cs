using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Metrics;
using VoiceGrains.Eval.Models;

namespace VoiceGrains.Eval.Sessions;

/// <summary>Everything that came of a session.</summary>
sealed record SessionLog
{
    public required Talk Talk { get; init; }

    public required Language To { get; init; }

    public required IReadOnlyList<CommittedWord> Committed { get; init; }

    public required IReadOnlyList<SpokenWord> Spoken { get; init; }

    /// <summary>What a listener hears, read from the audio.</summary>
    public required IReadOnlyList<HeardWord> Heard { get; init; }

    public required IReadOnlyList<Call> Calls { get; init; }

    public required int Commits { get; init; }

    /// <inheritdoc cref="Captions.Hits"/>
    public required int Hits { get; init; }

    public required Erasure Erasure { get; init; }

    public required Erasure CommittedErasure { get; init; }

    /// <inheritdoc cref="Captions.Unexplained"/>
    public required int Unexplained { get; init; }

    /// <summary>Seconds of speech that waited, ten times a second while any did.</summary>
    public required IReadOnlyList<double> QueueLevels { get; init; }

    /// <summary>From the player to the listener's ear.</summary>
    public required TimeSpan Downlink { get; init; }

    /// <summary>Answered calls of which no word was committed.</summary>
    public int Wasted => Calls.Count(call => call.AnsweredAt is not null) - Committed.Select(static word => word.Call).OfType<int>().Distinct().Count();
}
