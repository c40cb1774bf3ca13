using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Participants;

namespace VoiceGrains.Recognition;

/// <summary>What a speaker says themselves: recognized words without those that the microphone only repeats of what was played to them.</summary>
sealed class OwnWords
{
    // Buffers of the player and the microphone, and the way to the client and back.
    readonly EchoGate _gate = new() { RoundTrip = TimeSpan.FromSeconds(0.4) };

    /// <inheritdoc cref="EchoGate.Dropped"/>
    public long Dropped => _gate.Dropped;

    /// <summary>Something is played to the speaker.</summary>
    /// <param name="now">On the clock of the speaker's audio.</param>
    public void Play(PlayedClause clause, TimeSpan now) => _gate.Played(clause.Text, clause.Language, now - clause.StartedAgo, now - clause.EndedAgo);

    /// <summary>What may be an echo is waited with, as long as it may still change.</summary>
    public InterimWords Of(InterimWords interim, TimeSpan offset, Language language)
    {
        var (own, isUndecided) = Hear(interim.Words, offset, language);
        if (own.Length == interim.Words.Length && !isUndecided)
            return interim;
        var last = interim.Words[^1].End > interim.Until ? interim.Words[^1].End : interim.Until;
        return interim with { Words = isUndecided ? [] : own, Edge = interim.Edge ?? last };
    }

    public FinalWords Of(FinalWords final, TimeSpan offset, Language language)
    {
        var (own, _) = Hear(final.Words, offset, language);
        return own.Length == final.Words.Length ? final : final with { Words = own };
    }

    // Words count from the beginning of their session.
    HeardWords Hear(ImmutableArray<Word> words, TimeSpan offset, Language language)
    {
        var heard = _gate.Hear([.. words.Select(word => Moved(word, offset))], language);
        return heard with { Own = [.. heard.Own.Select(word => Moved(word, -offset))] };
    }

    static Word Moved(Word word, TimeSpan by) => word with { Start = word.Start + by, End = word.End + by };
}
