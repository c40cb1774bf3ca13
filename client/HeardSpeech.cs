using VoiceGrains.Audio;
using VoiceGrains.Protocol;

namespace VoiceGrains.Client;

/// <summary>
/// What a listener got so far, over all connections: says what is new, and tells a gateway what is missing. So connections may overlap, and a server may
/// send again what it is not sure of. Not thread-safe.
/// </summary>
/// <param name="format">Of the speech that comes.</param>
sealed class HeardSpeech(AudioFormat format)
{
    // What a gateway is told: it never goes back further than this.
    const int SegmentsBack = 8;
    const int MostEntries = 32;
    const int MostSpeakers = 500;

    // What is remembered for each speaker and language, to know a repetition: many short texts may be typed at once.
    const int MostRemembered = 256;

    readonly Dictionary<(string Speaker, string Language), Stretch> _stretches = [];
    readonly Dictionary<string, long> _originals = [];

    /// <summary>False: it came before, or something newer did.</summary>
    public bool Take(Caption caption)
    {
        var captions = StretchOf(caption.Speaker, caption.Language).Captions;
        if (captions.IsForgotten(caption.Segment))
            return false;
        var known = captions.GetOrAdd(caption.Segment);
        // A final caption counts whatever its revision: it may come from the transcript, which has none.
        if (known.IsFinal || (!caption.Final && caption.Revision <= known.Revision))
            return false;
        (known.Revision, known.IsFinal) = (caption.Revision, caption.Final);
        return true;
    }

    /// <summary>A clause begins. False: it began before, and goes on, or was heard to its end.</summary>
    public bool Take(SpeechBegin begin)
    {
        var clauses = StretchOf(begin.Speaker, begin.Language).Clauses;
        if (clauses.IsForgotten((begin.Segment, begin.Clause)) || clauses.Find((begin.Segment, begin.Clause)) is not null)
            return false;
        clauses.GetOrAdd((begin.Segment, begin.Clause));
        return true;
    }

    /// <summary>The part of a piece of speech that did not come before, and where it begins. Null: nothing of it is new.</summary>
    public (TimeSpan Begins, ReadOnlyMemory<byte> Audio)? Take(ClausePlace place, TimeSpan begins, ReadOnlyMemory<byte> audio)
    {
        if (StretchOf(place.Speaker, place.Language).Clauses.Find((place.Segment, place.Clause)) is not { IsOver: false } clause)
            return null;
        var bytesPerSample = format.BytesPerSecond / format.SampleRate;
        var from = (long)Math.Round(begins.TotalSeconds * format.SampleRate);
        var known = Math.Max(0, clause.Samples - from);
        if (known * bytesPerSample >= audio.Length)
            return null;
        clause.Samples = from + (audio.Length / bytesPerSample);
        return (TimeOf(from + known), audio[(int)(known * bytesPerSample)..]);
    }

    /// <summary>A clause is over. False: it was before.</summary>
    public bool Take(SpeechEnd end)
    {
        if (StretchOf(end.Speaker, end.Language).Clauses.Find((end.Segment, end.Clause)) is not { IsOver: false } clause)
            return false;
        clause.IsOver = true;
        return true;
    }

    /// <summary>False: this frame of the original voice, or a later one, came before.</summary>
    public bool TakeOriginal(string speaker, long number)
    {
        if (number <= _originals.GetValueOrDefault(speaker))
            return false;
        _originals[speaker] = number;
        return true;
    }

    /// <summary>What to tell a gateway when coming back.</summary>
    public Heard Tell(TimeSpan away) => new(away.TotalMilliseconds, [.. _stretches.Take(MostSpeakers).Select(entry => Tell(entry.Key, entry.Value))]);

    HeardSpeaker Tell((string Speaker, string Language) key, Stretch stretch)
    {
        var finals = stretch.Captions.All.Where(static caption => caption.Value.IsFinal).Select(static caption => caption.Key).ToList();
        var newest = finals.Count > 0 ? finals[^1] : stretch.Clauses.All.LastOrDefault().Key.Segment;
        var after = Math.Max(0, newest - SegmentsBack);
        return new HeardSpeaker(
            key.Speaker,
            key.Language,
            after,
            [.. finals.Where(segment => segment > after).TakeLast(MostEntries)],
            [.. stretch.Clauses.All.Where(clause => clause.Key.Segment > after && (clause.Value.IsOver || clause.Value.Samples > 0)).TakeLast(MostEntries)
                .Select(clause => new HeardClause(clause.Key.Segment, clause.Key.Clause, TimeOf(clause.Value.Samples).TotalMilliseconds, clause.Value.IsOver))]);
    }

    TimeSpan TimeOf(long samples) => TimeSpan.FromTicks(samples * TimeSpan.TicksPerSecond / format.SampleRate);

    Stretch StretchOf(string speaker, string language)
    {
        if (!_stretches.TryGetValue((speaker, language), out var stretch))
            _stretches[(speaker, language)] = stretch = new Stretch();
        return stretch;
    }

    /// <summary>One speaker in one language.</summary>
    sealed class Stretch
    {
        public Remembered<int, HeardCaption> Captions { get; } = new();

        public Remembered<(int Segment, int Clause), HeardOfClause> Clauses { get; } = new();
    }

    /// <summary>The newest of many, in their order; what is older than the forgotten ones counts as known.</summary>
    sealed class Remembered<TPlace, TState>
        where TPlace : struct, IComparable<TPlace>
        where TState : new()
    {
        readonly SortedDictionary<TPlace, TState> _all = [];
        TPlace? _forgotten;

        public IEnumerable<KeyValuePair<TPlace, TState>> All => _all;

        public bool IsForgotten(TPlace place) => _forgotten is { } last && place.CompareTo(last) <= 0;

        public TState? Find(TPlace place) => _all.GetValueOrDefault(place);

        public TState GetOrAdd(TPlace place)
        {
            if (_all.TryGetValue(place, out var known))
                return known;
            _all[place] = known = new TState();
            if (_all.Count > MostRemembered)
            {
                _forgotten = _all.First().Key;
                _all.Remove(_forgotten.Value);
            }

            return known;
        }
    }

    sealed class HeardCaption
    {
        public long Revision { get; set; }

        public bool IsFinal { get; set; }
    }

    sealed class HeardOfClause
    {
        public long Samples { get; set; }

        public bool IsOver { get; set; }
    }
}
