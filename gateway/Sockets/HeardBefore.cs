using System.Collections.Immutable;
using VoiceGrains.Gateway.Links;
using VoiceGrains.Participants;
using VoiceGrains.Protocol;

namespace VoiceGrains.Gateway.Sockets;

/// <summary>Checks what a client says it has heard before.</summary>
static class HeardBefore
{
    const double LongestMs = 86_400_000;

    /// <summary>Reads the field <c>heard</c> of a hello. Null is a newcomer.</summary>
    public static bool TryRead(Heard? heard, TimeProvider time, out Listening listening)
    {
        listening = Listening.Newcomer;
        if (heard is null)
            return true;
        if (!IsTime(heard.AwayMs) || heard.Speakers.Count > ConnectionLimits.MostHeardSpeakers)
            return false;
        var speakers = new Dictionary<ParticipantId, ImmutableArray<HeardOfSpeaker>>();
        foreach (var entry in heard.Speakers)
        {
            if (entry is null || !ParticipantId.TryParse(entry.Speaker, out var speaker) || !TryRead(entry, out var read))
                return false;
            speakers[speaker] = speakers.TryGetValue(speaker, out var before) ? before.Add(read) : [read];
        }

        listening = Listening.Back(TimeSpan.FromMilliseconds(heard.AwayMs), speakers, time);
        return true;
    }

    static bool TryRead(HeardSpeaker entry, out HeardOfSpeaker read)
    {
        read = null!;
        if (!Language.TryParse(entry.Language, out var language)
            || entry.After < 0
            || entry.Finals.Count > ConnectionLimits.MostHeardEntries
            || entry.Clauses.Count > ConnectionLimits.MostHeardEntries
            || entry.Clauses.Any(static clause => clause is null || !IsTime(clause.Ms)))
            return false;
        read = new HeardOfSpeaker(language, entry.After, [.. entry.Finals], [
            .. entry.Clauses.Select(static clause => new HeardClauseOf(clause.Segment, clause.Clause, TimeSpan.FromMilliseconds(clause.Ms), clause.Whole))]);
        return true;
    }

    static bool IsTime(double milliseconds) => milliseconds is >= 0 and <= LongestMs;
}
