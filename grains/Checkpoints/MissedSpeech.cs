using System.Collections.Immutable;
using VoiceGrains.Calls;
using VoiceGrains.Media;
using VoiceGrains.Participants;

namespace VoiceGrains.Checkpoints;

/// <summary>
/// What a listener who came to a gateway misses of one speaker: final captions, the speech of clauses that they did not hear to their end, and how open captions stand.
/// A newcomer gets the open captions alone.
/// </summary>
sealed class MissedSpeech(ParticipantId speaker, CatchUpRequest request, DateTimeOffset now)
{
    // Clocks of client and cluster count the same seconds a little differently, and messages were on their way.
    static readonly TimeSpan AwayMargin = TimeSpan.FromSeconds(2);

    /// <summary>The segment after which the transcript must be read, because memory does not go back so far. Null: it need not.</summary>
    public int? ReadsAfter(IEnumerable<RecentSegment> recent, int lastSegment)
    {
        if (request.IsNewcomer)
            return null;
        var oldest = recent.Select(static segment => (int?)segment.Number).FirstOrDefault() ?? lastSegment + 1;
        if (request.Heard.IsEmpty)
            return oldest > 1 && request.Away >= RecentSegments.Kept - AwayMargin ? 0 : null;
        var after = request.Heard.Min(static heard => heard.After);
        return request.Heard.Any(heard => Enumerable.Range(heard.After + 1, Math.Max(0, oldest - heard.After - 1)).Any(number => !heard.Finals.Contains(number)))
            ? after
            : null;
    }

    /// <summary>Clauses that the listener did not hear to their end and of which only the text is left, by segment.</summary>
    public IReadOnlyList<(int Segment, IReadOnlyList<(int Number, RecentClause Clause)> Clauses)> Silent(IEnumerable<RecentSegment> recent)
    {
        if (request.IsNewcomer || !request.Wants.HasFlag(Wants.Speech) || request.Listener == speaker)
            return [];
        return [.. recent.Where(segment => segment.EndedAt is null || segment.EndedAt >= now - RecentSegments.SpeechLimit)
            .Select(segment => (segment.Number, (IReadOnlyList<(int, RecentClause)>)[.. Silent(segment)]))
            .Where(static found => found.Item2.Count > 0)];
    }

    /// <summary>The language of the speech.</summary>
    public Language Language => request.Language;

    /// <summary>The deliveries, in the order of segments.</summary>
    public ImmutableArray<Delivery> Of(IEnumerable<RecentSegment> recent, IReadOnlyList<RecordedSegment> recorded, long revision)
    {
        var items = ImmutableArray.CreateBuilder<Delivery>();
        var remembered = recent.ToList();
        foreach (var segment in recorded.Where(segment => remembered.All(known => known.Number != segment.Number)))
            items.AddRange(Captions(segment, revision + 1).Where(caption => IsMissed(caption, segment.StartedAt + segment.Duration)));
        foreach (var segment in remembered)
        {
            items.AddRange(Captions(segment).Where(caption => IsMissed(caption, segment.EndedAt)));
            if (!request.IsNewcomer && request.Wants.HasFlag(Wants.Speech) && request.Listener != speaker && segment.Lanes.TryGetValue(request.Language, out var lane))
                items.AddRange(Speech(segment.Number, lane));
        }

        return items.DrainToImmutable();
    }

    bool IsMissed(CaptionDelivery caption, DateTimeOffset? endedAt)
    {
        if (!caption.IsFinal)
            return true;
        if (request.IsNewcomer)
            return false;
        return HeardIn(caption.Language) is { } heard
            ? caption.Segment > heard.After && !heard.Finals.Contains(caption.Segment)
            : endedAt >= now - request.Away - AwayMargin;
    }

    HeardOfSpeaker? HeardIn(Language language) => request.Heard.FirstOrDefault(heard => heard.Language == language);

    IEnumerable<CaptionDelivery> Captions(RecentSegment segment)
    {
        if (WantsOriginal(segment.Language) && segment.Caption is { } original)
            yield return original;
        if (WantsTranslation(segment.Language) && segment.Lanes.TryGetValue(request.Language, out var lane) && lane.Caption is { } translated)
            yield return translated;
    }

    IEnumerable<CaptionDelivery> Captions(RecordedSegment segment, long revision)
    {
        if (WantsOriginal(segment.Language))
            yield return Final(segment, segment.Language, segment.Text, TranslationQuality.Original, revision);
        if (WantsTranslation(segment.Language) && segment.Translations.FirstOrDefault(translation => translation.Language == request.Language) is { } translated)
            yield return Final(segment, translated.Language, translated.Text, translated.Quality, revision);
    }

    static CaptionDelivery Final(RecordedSegment segment, Language language, string text, TranslationQuality quality, long revision) =>
        new(language, segment.Number, revision, segment.Language, text, "", IsFinal: true, quality, segment.Origin, StageLatency.None);

    bool WantsOriginal(Language spoken) =>
        request.Wants.HasFlag(Wants.OriginalCaptions) || (request.Wants.HasFlag(Wants.Captions) && spoken.IsSpokenLike(request.Language));

    bool WantsTranslation(Language spoken) => request.Wants.HasFlag(Wants.Captions) && !spoken.IsSpokenLike(request.Language);

    IEnumerable<(int Number, RecentClause Clause)> Silent(RecentSegment segment) =>
        segment.Lanes.TryGetValue(request.Language, out var lane) && lane.IsHeard
            ? lane.Clauses.Index()
                .Where(found => found.Item is { Begin: null, HasArrived: true, IsOnlyRead: false } && !IsHeard(segment.Number, found.Index + 1, out _))
                .Select(static found => (found.Index + 1, found.Item))
            : [];

    bool IsHeard(int segment, int clause, out HeardClauseOf? known)
    {
        var heard = HeardIn(request.Language);
        known = heard?.Clauses.FirstOrDefault(known => known.Segment == segment && known.Clause == clause);
        return known is { IsWhole: true } || segment <= (heard?.After ?? 0);
    }

    IEnumerable<Delivery> Speech(int segment, RecentLane lane)
    {
        foreach (var (at, clause) in lane.Clauses.Index())
        {
            if (IsHeard(segment, at + 1, out var known) || clause.Begin is not { } begin || (known is null && clause.BegunAt < now - RecentSegments.SpeechLimit))
                continue;
            yield return begin;
            foreach (var chunk in clause.Chunks.Where(chunk => chunk.At + AudioTime.Of(chunk.Audio) > (known?.Until ?? TimeSpan.Zero)))
                yield return chunk;
            if (clause.End is { } end)
                yield return end;
        }
    }
}
