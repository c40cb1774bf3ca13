using System.Collections.Immutable;
using VoiceGrains.Media;
using VoiceGrains.Participants;

namespace VoiceGrains.Gateway.Links;

/// <summary>
/// What one listener has of each speaker. Who comes back gets what they missed of a speaker first, and what everybody gets after it; until then it is held off, because
/// the first includes it. Who is new gets everything from now on, speech from the next clause. Thread-safe.
/// </summary>
sealed class Listening
{
    const int MostSegments = 1_000;
    const int KeptSegments = 16;

    readonly Lock _gate = new();
    readonly Dictionary<ParticipantId, ImmutableArray<HeardOfSpeaker>> _heard;
    readonly Dictionary<(ParticipantId Speaker, Language Language, int Segment), int> _begun = [];
    readonly HashSet<ParticipantId> _asked = [];
    readonly HashSet<ParticipantId> _caughtUp = [];
    bool _holdsUnknown;

    Listening(bool isNewcomer, TimeSpan away, Dictionary<ParticipantId, ImmutableArray<HeardOfSpeaker>> heard)
    {
        (IsNewcomer, Away, _heard) = (isNewcomer, away, heard);
        _holdsUnknown = !isNewcomer;
    }

    public static Listening Newcomer => new(isNewcomer: true, TimeSpan.Zero, []);

    public bool IsNewcomer { get; }

    /// <summary>How long ago the listener heard the last of the call.</summary>
    public TimeSpan Away { get; }

    public static Listening Back(TimeSpan away, Dictionary<ParticipantId, ImmutableArray<HeardOfSpeaker>> heard) => new(isNewcomer: false, away, heard);

    public ImmutableArray<HeardOfSpeaker> HeardOf(ParticipantId speaker) => _heard.TryGetValue(speaker, out var heard) ? heard : [];

    /// <summary>Those of the speakers who were not asked yet for what is missed of them.</summary>
    /// <param name="isWhole">Whether these are all: then others are heard as they speak.</param>
    public IReadOnlyList<ParticipantId> Ask(IEnumerable<ParticipantId> speakers, bool isWhole)
    {
        lock (_gate)
        {
            var asked = speakers.Where(_asked.Add).ToList();
            if (isWhole)
                _holdsUnknown = false;
            return asked;
        }
    }

    /// <summary>Whether what everybody gets is for this listener too.</summary>
    public bool Takes(ParticipantId speaker, Delivery delivery)
    {
        lock (_gate)
        {
            if (delivery is OriginalDelivery or NoticeDelivery)
                return true;
            if (!IsNewcomer && !_caughtUp.Contains(speaker) && (_holdsUnknown || _asked.Contains(speaker)))
                return false;
            return delivery switch
            {
                SpeechBeginDelivery begin => Begin(speaker, begin),
                SpeechChunkDelivery chunk => HasBegun(speaker, chunk.Language, chunk.Segment, chunk.Clause),
                SpeechEndDelivery end => HasBegun(speaker, end.Language, end.Segment, end.Clause),
                _ => true,
            };
        }
    }

    /// <summary>From here on the listener gets what everybody gets. Returns what is new of the items, with the number of each chunk in its clause.</summary>
    public IReadOnlyList<(Delivery Delivery, int Chunks, TimeSpan From)> CatchUp(ParticipantId speaker, IEnumerable<Delivery> items)
    {
        var positions = new ClausePositions();
        foreach (var heard in HeardOf(speaker))
        {
            foreach (var clause in heard.Clauses)
                positions.Seed(heard.Language, clause.Segment, clause.Clause, clause.Until, clause.IsWhole);
        }

        lock (_gate)
        {
            var taken = new List<(Delivery, int, TimeSpan)>();
            foreach (var item in items)
            {
                var from = item is SpeechBeginDelivery next && positions.Of(next.Language, next.Segment) is var known && known.Clause == next.Clause
                    ? known.Until
                    : TimeSpan.Zero;
                if (positions.Take(item) is not { } delivery)
                    continue;
                if (delivery is SpeechBeginDelivery begin)
                    Begin(speaker, begin);
                var chunks = delivery switch
                {
                    SpeechChunkDelivery chunk => positions.Of(chunk.Language, chunk.Segment).Chunks,
                    SpeechEndDelivery end => positions.Of(end.Language, end.Segment).Chunks,
                    _ => 0,
                };
                taken.Add((delivery, chunks, from));
            }

            _caughtUp.Add(speaker);
            return taken;
        }
    }

    /// <summary>What is missed of the speaker can't be had: the listener gets what everybody gets.</summary>
    public void GiveUp(ParticipantId speaker)
    {
        lock (_gate)
            _caughtUp.Add(speaker);
    }

    bool Begin(ParticipantId speaker, SpeechBeginDelivery begin)
    {
        if (_begun.Count > MostSegments)
        {
            // Segments long past can't come again.
            foreach (var old in _begun.Keys.Where(key => key.Speaker == speaker && key.Segment < begin.Segment - KeptSegments).ToList())
                _begun.Remove(old);
        }

        _begun[(speaker, begin.Language, begin.Segment)] = begin.Clause;
        return true;
    }

    bool HasBegun(ParticipantId speaker, Language language, int segment, int clause) =>
        _begun.TryGetValue((speaker, language, segment), out var begun) && begun == clause;
}
