using VoiceGrains.Media;

namespace VoiceGrains.Lanes;

/// <summary>The lanes of one speaker: one for each language that somebody listens to, and none for others.</summary>
sealed class SpeakerLanes(LaneServices services) : IAsyncDisposable
{
    readonly Dictionary<Language, Lane> _lanes = [];
    readonly List<Task> _closing = [];
    readonly Dictionary<int, List<Language>> _openSegments = [];

    public IReadOnlyCollection<Language> Languages => _lanes.Keys;

    public EngineUse Use => services.Use;

    public bool IsIdle => _lanes.Values.All(static lane => lane.IsIdle);

    /// <summary>Gives a sentence to all lanes of its segment; returns their languages. A lane that opens in mid-segment begins with the next.</summary>
    public IReadOnlyList<Language> Take(Sentence sentence)
    {
        if (!_openSegments.TryGetValue(sentence.Segment, out var languages))
            _openSegments[sentence.Segment] = languages = OpenFor(sentence);
        foreach (var language in languages)
            _lanes[language].Take(sentence);
        if (sentence.IsLast)
            _openSegments.Remove(sentence.Segment);
        return languages;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_lanes.Values.Select(static lane => lane.DisposeAsync().AsTask()));
        await Task.WhenAll(_closing);
        _lanes.Clear();
    }

    List<Language> OpenFor(Sentence sentence)
    {
        var wanted = services.Outlets.LanguagesBeside(sentence.Language).ToDictionary(static need => need.Language, static need => need.IsHeard);
        // Typed text has no voice of its own, so those who speak the language hear it from a synthesizer too.
        if (sentence.Origin == SegmentOrigin.Typed)
        {
            foreach (var language in services.Outlets.LanguagesLike(sentence.Language))
                wanted[language] = true;
        }

        CloseUnwanted(wanted);
        foreach (var (language, isHeard) in wanted)
        {
            if (!_lanes.TryGetValue(language, out var lane))
                _lanes[language] = lane = new Lane(services, language);
            lane.IsHeard = isHeard;
        }

        return [.. wanted.Keys];
    }

    void CloseUnwanted(Dictionary<Language, bool> wanted)
    {
        _closing.RemoveAll(static task => task.IsCompleted);
        var inUse = _openSegments.Values.SelectMany(static languages => languages).Concat(wanted.Keys).ToHashSet();
        foreach (var lane in _lanes.Values.Where(lane => !inUse.Contains(lane.Language) && lane.IsIdle).ToList())
        {
            _lanes.Remove(lane.Language);
            _closing.Add(lane.DisposeAsync().AsTask());
        }
    }
}
