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

    // Of those who came back: what they have of each speaker, which may be less than others have here.
    readonly Dictionary<ParticipantId, DeliveryFilter> _caughtUp = [];
    bool _holdsUnknown;

    readonly TimeSpan _awayBefore;
    readonly TimeProvider _time;
    readonly long _backSince;

    Listening(bool isNewcomer, TimeSpan away, Dictionary<ParticipantId, ImmutableArray<HeardOfSpeaker>> heard, TimeProvider time)
    {
        (IsNewcomer, _awayBefore, _heard, _time) = (isNewcomer, away, heard, time);
        (_holdsUnknown, _backSince) = (!isNewcomer, time.GetTimestamp());
    }

    public static Listening Newcomer => new(isNewcomer: true, TimeSpan.Zero, [], TimeProvider.System);

    public bool IsNewcomer { get; }

    /// <summary>How long ago the listener heard the last of the call. It grows until the speakers are asked, which takes long while the call is being recovered.</summary>
    public TimeSpan Away => _awayBefore + _time.GetElapsedTime(_backSince);

    /// <param name="away">How long the listener was away when they came back, which is now.</param>
    public static Listening Back(TimeSpan away, Dictionary<ParticipantId, ImmutableArray<HeardOfSpeaker>> heard, TimeProvider time) =>
        new(isNewcomer: false, away, heard, time);

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

    /// <summary>What this listener gets of a delivery that the speaker sends to everybody. Null: nothing.</summary>
    /// <param name="shared">What is new of it at this gateway, which others may have had longer than this listener. Null: nothing.</param>
    public NewDelivery? Take(ParticipantId speaker, Delivery delivery, NewDelivery? shared)
    {
        lock (_gate)
        {
            if (delivery is OriginalDelivery or NoticeDelivery)
                return shared;
            if (_caughtUp.TryGetValue(speaker, out var own))
                return own.Take(delivery) is not { } mine || !Hears(speaker, mine.Delivery) ? null : IsSame(mine, shared) ? shared : mine;
            var isHeldOff = !IsNewcomer && (_holdsUnknown || _asked.Contains(speaker));
            return !isHeldOff && shared is not null && Hears(speaker, shared.Delivery) ? shared : null;
        }
    }

    /// <summary>From here on the listener gets what everybody gets. Returns what is new of the items.</summary>
    public IReadOnlyList<NewDelivery> CatchUp(ParticipantId speaker, IEnumerable<Delivery> items)
    {
        lock (_gate)
        {
            if (IsNewcomer)
                return [.. items.Select(static item => new NewDelivery(item, 0, TimeSpan.Zero))];
            var own = OwnOf(speaker);
            return [.. items.Select(own.Take).OfType<NewDelivery>().Where(taken => Hears(speaker, taken.Delivery))];
        }
    }

    /// <summary>What is missed of the speaker can't be had: the listener gets what everybody gets.</summary>
    public void GiveUp(ParticipantId speaker)
    {
        lock (_gate)
            OwnOf(speaker);
    }

    DeliveryFilter OwnOf(ParticipantId speaker)
    {
        if (_caughtUp.TryGetValue(speaker, out var own))
            return own;
        _caughtUp[speaker] = own = new DeliveryFilter();
        foreach (var heard in HeardOf(speaker))
            own.Seed(heard);
        return own;
    }

    static bool IsSame(NewDelivery mine, NewDelivery? shared) =>
        ReferenceEquals(mine.Delivery, shared?.Delivery) && mine.Chunks == shared.Chunks && mine.From == shared.From;

    // Speech from the beginning of a clause.
    bool Hears(ParticipantId speaker, Delivery delivery) => delivery switch
    {
        SpeechBeginDelivery begin => Begin(speaker, begin),
        SpeechChunkDelivery chunk => HasBegun(speaker, chunk.Language, chunk.Segment, chunk.Clause),
        SpeechEndDelivery end => HasBegun(speaker, end.Language, end.Segment, end.Clause),
        _ => true,
    };

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
