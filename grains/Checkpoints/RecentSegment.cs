using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Recognition;

namespace VoiceGrains.Checkpoints;

/// <summary>A segment as far as it is admitted and committed.</summary>
sealed class RecentSegment(int number, Language language, SegmentOrigin origin)
{
    public int Number { get; } = number;

    public Language Language { get; } = language;

    public SegmentOrigin Origin { get; } = origin;

    /// <summary>What lanes were given.</summary>
    public List<string> Sentences { get; } = [];

    /// <summary>Admitted words that lanes were not given yet.</summary>
    public string Unsent { get; set; } = "";

    public DateTimeOffset StartedAt { get; set; }

    public TimeSpan Duration { get; set; }

    /// <summary>When its last word was admitted and nothing more came; null: it is open.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public bool IsRecorded { get; set; }

    /// <summary>The newest caption in the language that was spoken.</summary>
    public CaptionDelivery? Caption { get; set; }

    public Dictionary<Language, RecentLane> Lanes { get; } = [];

    public string Text => string.Join(' ', Sentences.Append(Unsent).Where(static part => part.Length > 0));

    /// <summary>Whether a lane has committed clauses that need more words than are final.</summary>
    public bool IsTranslatedAhead => Lanes.Values.Any(lane => lane.WordsOfNext > 0 && WordsIn(lane.SentencesDone) + lane.WordsOfNext > SourceText.CountOf(Text));

    /// <summary>How many words the first sentences have.</summary>
    public int WordsIn(int sentences) => Sentences.Take(sentences).Sum(SourceText.CountOf);

    /// <summary>Whether nothing remains to be done for it.</summary>
    public bool IsSettled => IsRecorded && Lanes.Values.All(static lane => lane.IsSettled);

    public SegmentCheckpoint Checkpoint() => new(
        Number, Language, Origin, [.. Sentences], Unsent, StartedAt, Duration, EndedAt, IsRecorded, [.. Lanes.Values.Select(static lane => lane.Checkpoint())]);

    public static RecentSegment From(SegmentCheckpoint kept)
    {
        var segment = new RecentSegment(kept.Number, kept.Language, kept.Origin)
        {
            Unsent = kept.Unsent,
            StartedAt = kept.StartedAt,
            Duration = kept.Duration,
            EndedAt = kept.EndedAt,
            IsRecorded = kept.IsRecorded,
        };
        segment.Sentences.AddRange(kept.Sentences);
        foreach (var lane in kept.Lanes)
            segment.Lanes[lane.Language] = RecentLane.From(lane);
        return segment;
    }
}

/// <summary>What a lane has committed of a segment.</summary>
sealed class RecentLane(Language language, bool isHeard)
{
    public Language Language { get; } = language;

    /// <summary>Whether it is spoken.</summary>
    public bool IsHeard { get; set; } = isHeard;

    public List<RecentClause> Clauses { get; } = [];

    public TranslationQuality Quality { get; set; } = TranslationQuality.Original;

    public int SentencesDone { get; set; }

    /// <summary>How many of the clauses belong to the sentence after those that are done.</summary>
    public int ClausesOfNext { get; set; }

    /// <summary>How many words after those sentences these clauses need, when they were committed before the sentence was over.</summary>
    public int WordsOfNext { get; set; }

    public bool IsFinal { get; set; }

    /// <summary>The newest caption.</summary>
    public CaptionDelivery? Caption { get; set; }

    /// <summary>Clauses up to here have arrived at all gateways as speech.</summary>
    public int SpokenThrough => Clauses.TakeWhile(static clause => clause.HasArrived).Count();

    public bool IsSettled => IsFinal && (!IsHeard || SpokenThrough == Clauses.Count);

    public LaneCheckpoint Checkpoint() => new(
        Language, [.. Clauses.Select(static clause => clause.Text)], Quality, SentencesDone, ClausesOfNext, WordsOfNext, IsFinal, IsHeard, SpokenThrough,
        [.. Clauses.Index().Where(static clause => clause.Item.IsOnlyRead).Select(static clause => clause.Index)]);

    public static RecentLane From(LaneCheckpoint kept)
    {
        var lane = new RecentLane(kept.Language, kept.IsHeard)
        {
            Quality = kept.Quality,
            SentencesDone = kept.SentencesDone,
            ClausesOfNext = kept.ClausesOfNext,
            WordsOfNext = kept.WordsOfNext,
            IsFinal = kept.IsFinal,
        };
        // A checkpoint of an earlier version does not say.
        var onlyRead = kept.OnlyRead.IsDefault ? [] : kept.OnlyRead;
        lane.Clauses.AddRange(kept.Clauses.Select((text, at) => new RecentClause(text) { HasArrived = at < kept.SpokenThrough, IsOnlyRead = onlyRead.Contains(at) }));
        return lane;
    }
}

/// <summary>A committed clause, and its speech for listeners who come back for it.</summary>
sealed class RecentClause(string text)
{
    public string Text { get; } = text;

    /// <summary>Whether its speech, if any, is at all gateways.</summary>
    public bool HasArrived
    {
        get => IsOnlyRead || field;
        set;
    }

    /// <summary>It is for captions alone: there was no time to speak it, or no translation.</summary>
    public bool IsOnlyRead { get; init; }

    public SpeechBeginDelivery? Begin { get; set; }

    public List<SpeechChunkDelivery> Chunks { get; } = [];

    public SpeechEndDelivery? End { get; set; }

    /// <summary>When it began to be spoken.</summary>
    public DateTimeOffset BegunAt { get; set; }
}
