using VoiceGrains.Checkpoints;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Recognition;

namespace VoiceGrains.Lanes;

/// <summary>The lanes of one speaker: one for each language that somebody listens to, and none for others.</summary>
sealed class SpeakerLanes(LaneServices services) : IAsyncDisposable
{
    readonly Dictionary<Language, Lane> _lanes = [];
    readonly List<Task> _closing = [];
    readonly HashSet<int> _openSegments = [];

    public IReadOnlyCollection<Language> Languages => _lanes.Keys;

    public EngineUse Use => services.Use;

    /// <summary>Of the lane that is furthest behind.</summary>
    public TimeSpan Lag => _lanes.Count == 0 ? TimeSpan.Zero : _lanes.Values.Max(static lane => lane.Lag);

    public bool IsIdle => _lanes.Values.All(static lane => lane.IsIdle);

    /// <summary>Whether every sentence is translated; speech may still be on its way.</summary>
    public bool IsTranslated => _lanes.Values.All(static lane => lane.IsTranslated);

    /// <summary>
    /// Gives sentences to all lanes of their segment, which are settled with the first of them: a lane that opens in mid-segment begins with the next.
    /// </summary>
    /// <param name="isLast">Whether the segment ends with them. There may be none then.</param>
    public void Take(RecentSegment segment, IReadOnlyList<string> sentences, bool isLast, SentenceClock clock)
    {
        if (_openSegments.Add(segment.Number))
            OpenFor(segment);
        foreach (var language in segment.Lanes.Keys)
            Give(_lanes[language], segment, sentences, isLast, clock);
        if (isLast)
            _openSegments.Remove(segment.Number);
    }

    /// <summary>
    /// Lets lanes see words of a segment that are not over, so that they translate while it is spoken. Its sentences that are over must have been taken before.
    /// Languages for which no engine can do that wait for sentences.
    /// </summary>
    public void Hear(RecentSegment segment, SourceText source, SentenceClock clock)
    {
        if (source.Words.IsEmpty)
            return;
        if (!_openSegments.Contains(segment.Number))
        {
            if (!services.Outlets.LanguagesBeside(segment.Language).Any(need => services.Engines.CanDraft(segment.Language, need.Language)))
                return;
            _openSegments.Add(segment.Number);
            OpenFor(segment);
        }

        var heard = new SpokenWords(segment.Number, segment.Language, source, clock);
        foreach (var language in segment.Lanes.Keys.Where(language => !segment.Language.IsSpokenLike(language) && services.Engines.CanDraft(segment.Language, language)))
            _lanes[language].Hear(heard);
    }

    /// <summary>Whether the segment is being translated while it is spoken.</summary>
    public bool AreLive(int segment) => services.Recent.Find(segment) is { } recent
        && recent.Lanes.Keys.Any(language => !recent.Language.IsSpokenLike(language) && services.Engines.CanDraft(recent.Language, language));

    /// <summary>The recognizer was lost: what the lanes have not committed of the segment is heard again.</summary>
    public void Lose(RecentSegment segment)
    {
        foreach (var language in segment.Lanes.Keys)
            _lanes[language].Lose(segment.Number);
    }

    /// <summary>Nothing of the segment was said, though it may have looked so.</summary>
    public void Drop(RecentSegment segment, SentenceClock clock)
    {
        if (_openSegments.Contains(segment.Number))
            Take(segment, [], isLast: true, clock);
    }

    /// <summary>Goes on with a segment where the lanes of another activation stood.</summary>
    public void Restore(RecentSegment segment)
    {
        var hasBegun = segment.Lanes.Count > 0 || segment.Sentences.Count > 0;
        if (segment.EndedAt is null && hasBegun)
            _openSegments.Add(segment.Number);
        foreach (var recent in segment.Lanes.Values)
        {
            if (recent.IsSettled && segment.IsRecorded)
            {
                new LaneSegment(services, segment, recent, speech: null).Repeat();
                continue;
            }

            var rest = segment.Sentences.Skip(recent.SentencesDone).ToList();
            Give(LaneOf(recent.Language), segment, rest, segment.EndedAt is not null, new SentenceClock(null, services.Time.GetTimestamp(), services.Time));
        }
    }

    /// <summary>Every lane as it is now, for what is spoken in a language.</summary>
    public IEnumerable<LaneDetails> Describe(Language spoken) => _lanes.Values.OrderBy(static lane => lane.Language.Tag, StringComparer.Ordinal).Select(lane => new LaneDetails(
        lane.Language,
        lane.Load.Waiting,
        lane.Lag,
        lane.Load.Speaking,
        lane.Load.Unplayed,
        new EngineInUse(services.Use.Translators.GetValueOrDefault(lane.Language), services.Engines.TranslatorsFor(spoken, lane.Language).FirstOrDefault()?.Name),
        new EngineInUse(services.Use.Synthesizers.GetValueOrDefault(lane.Language), services.Engines.SynthesizersFor(lane.Language).FirstOrDefault()?.Name)));

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_lanes.Values.Select(static lane => lane.DisposeAsync().AsTask()));
        await Task.WhenAll(_closing);
        _lanes.Clear();
    }

    static void Give(Lane lane, RecentSegment segment, IReadOnlyList<string> sentences, bool isLast, SentenceClock clock)
    {
        for (var i = 0; i < sentences.Count; i++)
            lane.Take(new Sentence(segment.Number, segment.Language, sentences[i], isLast && i == sentences.Count - 1, segment.Origin, clock));
        if (isLast && sentences.Count == 0)
            lane.Take(new Sentence(segment.Number, segment.Language, "", IsLast: true, segment.Origin, clock));
    }

    Lane LaneOf(Language language) => _lanes.TryGetValue(language, out var lane) ? lane : _lanes[language] = new Lane(services, language);

    void OpenFor(RecentSegment segment)
    {
        var wanted = services.Outlets.LanguagesBeside(segment.Language).ToDictionary(static need => need.Language, static need => need.IsHeard);
        // Typed text has no voice of its own, so those who speak the language hear it from a synthesizer too.
        if (segment.Origin == SegmentOrigin.Typed)
        {
            foreach (var language in services.Outlets.LanguagesLike(segment.Language))
                wanted[language] = true;
        }

        CloseUnwanted(wanted);
        foreach (var (language, isHeard) in wanted)
        {
            LaneOf(language);
            segment.Lanes[language] = new RecentLane(language, isHeard);
        }
    }

    void CloseUnwanted(Dictionary<Language, bool> wanted)
    {
        _closing.RemoveAll(static task => task.IsCompleted);
        var inUse = _openSegments.Select(services.Recent.Find).OfType<RecentSegment>().SelectMany(static segment => segment.Lanes.Keys)
            .Concat(wanted.Keys).ToHashSet();
        foreach (var lane in _lanes.Values.Where(lane => !inUse.Contains(lane.Language) && lane.IsIdle).ToList())
        {
            _lanes.Remove(lane.Language);
            _closing.Add(lane.DisposeAsync().AsTask());
        }
    }
}
