using System.Collections.Immutable;
using VoiceGrains.Media;

namespace VoiceGrains.Calls;

/// <summary>
/// Who has a place in a call, who is connected and through which gateway. Gateways renew their links; what is not renewed runs out.
/// </summary>
sealed class CallRoster(int maxParticipants, TimeSpan absenceLimit)
{
    /// <summary>A gateway that does not renew for this long is gone.</summary>
    public static readonly TimeSpan LinkLease = TimeSpan.FromSeconds(6);

    /// <summary>A place that was asked for waits this long for its connection.</summary>
    public static readonly TimeSpan ReservationLimit = TimeSpan.FromSeconds(10);

    /// <summary>What a listener wants who lost their connection is made for this long, so that it is there when they come back.</summary>
    public static readonly TimeSpan AwaitedLimit = TimeSpan.FromSeconds(10);

    /// <summary>A ticket that works once is valid this long, so its id is kept a little longer.</summary>
    static readonly TimeSpan OnceLimit = TimeSpan.FromSeconds(90);

    readonly Dictionary<string, (ParticipantId By, DateTimeOffset Until)> _usedTickets = [];
    readonly SortedDictionary<string, Place> _places = new(StringComparer.Ordinal);
    readonly Dictionary<GatewayId, LinkLeaseOf> _links = [];

    public int Count => _places.Count;

    public int Connected => _places.Values.Count(static place => place.Seat is not null);

    public IEnumerable<Language> Languages => _places.Values.Select(static place => place.Seat?.Language).OfType<Language>().Distinct();

    public IEnumerable<IGatewayLink> Links => _links.Values.Select(static lease => lease.Link);

    /// <summary>Connected participants who may speak.</summary>
    public IEnumerable<ParticipantId> Speakers => _places.Values
        .Where(static place => place.Seat is not null && place.Rights.HasFlag(Rights.Speak))
        .Select(static place => place.Participant);

    /// <summary>Everybody with a place.</summary>
    public IEnumerable<ParticipantId> Participants => _places.Values.Select(static place => place.Participant);

    /// <summary>Gives a place.</summary>
    public JoinOutcome Join(JoinRequest request, DateTimeOffset now)
    {
        // Whoever joined with it but never came to be connected may try again.
        if (request.OnceId is { } used && _usedTickets.TryGetValue(used, out var use) && (use.By != request.Participant || WasConnected(use.By)))
            return JoinOutcome.TicketIsUsed;
        var outcome = GivePlace(request, now);
        if (outcome == JoinOutcome.Joined && request.OnceId is { } once)
            _usedTickets[once] = (request.Participant, now + OnceLimit);
        return outcome;
    }

    bool WasConnected(ParticipantId participant) => !_places.TryGetValue(participant.Value, out var place) || place.Epoch > 0;

    JoinOutcome GivePlace(JoinRequest request, DateTimeOffset now)
    {
        if (_places.TryGetValue(request.Participant.Value, out var known))
        {
            (known.Name, known.Rights) = (request.Name, request.Rights);
            if (known.Seat is null && known.GoneAt < now + ReservationLimit)
                known.GoneAt = now + ReservationLimit;
            return JoinOutcome.Joined;
        }

        if (_places.Count >= maxParticipants)
            return JoinOutcome.IsFull;
        _places[request.Participant.Value] = new Place(request.Participant) { Name = request.Name, Rights = request.Rights, GoneAt = now + ReservationLimit };
        return JoinOutcome.Joined;
    }

    /// <summary>Takes what a gateway says of its connections. True: something changed that others should know.</summary>
    /// <param name="renewal">What it says.</param>
    /// <param name="now">When.</param>
    /// <param name="isPartial">Not all gateways have been heard yet: who is unknown may have been here.</param>
    public bool Renew(LinkRenewal renewal, DateTimeOffset now, bool isPartial = false)
    {
        var isNew = !_links.TryGetValue(renewal.Gateway, out var lease) || !lease.Link.Equals(renewal.Link);
        // A gateway's last word: nobody of this call is connected there any more.
        if (renewal.Seats.IsEmpty)
            _links.Remove(renewal.Gateway);
        else
            _links[renewal.Gateway] = new LinkLeaseOf(renewal.Link, now + LinkLease);
        var hasChanged = isNew && !renewal.Seats.IsEmpty;
        foreach (var seat in renewal.Seats.Concat(renewal.Gone.Where(seat => isPartial && !_places.ContainsKey(seat.Participant.Value))))
            hasChanged |= TakeSeat(seat, renewal.Gateway);

        var named = renewal.Seats.Select(static seat => seat.Participant).ToHashSet();
        foreach (var place in _places.Values.Where(place => place.Seat is not null && place.Gateway == renewal.Gateway && !named.Contains(place.Participant)))
        {
            place.Leave(now, now + absenceLimit);
            hasChanged = true;
        }

        return hasChanged;
    }

    /// <summary>Takes the place back, unless a newer connection holds it. True: the participant is to finish.</summary>
    /// <param name="participant">Who leaves.</param>
    /// <param name="epoch">Of the connection that says so.</param>
    /// <param name="isPartial">Not all gateways have been heard yet: who is unknown may have been here.</param>
    public bool Leave(ParticipantId participant, int epoch, bool isPartial = false) =>
        _places.TryGetValue(participant.Value, out var place) ? epoch >= place.Epoch && _places.Remove(participant.Value) : isPartial;

    /// <summary>Ends what has run out. Returns who lost their place; <paramref name="hasChanged"/> says whether others should know of a change.</summary>
    public IReadOnlyList<ParticipantId> Expire(DateTimeOffset now, out bool hasChanged)
    {
        var gone = _links.Where(link => link.Value.EndsAt <= now).Select(static link => link.Key).ToList();
        foreach (var gateway in gone)
        {
            _links.Remove(gateway);
            foreach (var place in _places.Values.Where(place => place.Seat is not null && place.Gateway == gateway))
                place.Leave(now, now + absenceLimit);
        }

        foreach (var used in _usedTickets.Where(ticket => ticket.Value.Until <= now).Select(static ticket => ticket.Key).ToList())
            _usedTickets.Remove(used);

        var left = _places.Values.Where(place => place.Seat is null && place.GoneAt <= now).Select(static place => place.Participant).ToList();
        foreach (var participant in left)
            _places.Remove(participant.Value);
        var given = _places.Values.Where(place => place.AwaitedUntil <= now).ToList();
        foreach (var place in given)
            place.AwaitedUntil = null;
        hasChanged = gone.Count + left.Count + given.Count > 0;
        return left;
    }

    /// <summary>Who hears what, for all speakers alike.</summary>
    /// <param name="isPartial">Not all gateways have been heard yet.</param>
    public Audience Hearing(AudienceVersion version, bool isPartial) => new(
        version,
        isPartial,
        [
        .. _places.Values
            .Where(static place => place.Seat is not null && place.Rights.HasFlag(Rights.Listen) && place.Seat.Wants != Wants.None)
            .GroupBy(static place => (place.Gateway, place.Seat!.Language))
            .Where(group => _links.ContainsKey(group.Key.Gateway))
            .Select(group => new Hearing(
                group.Key.Language,
                group.Key.Gateway,
                _links[group.Key.Gateway].Link,
                group.Aggregate(Wants.None, static (wants, place) => wants | place.Seat!.Wants),
                group.Count() == 1 ? group.Single().Participant : null)),
        ],
        [
        .. _places.Values
            .Where(static place => place.AwaitedUntil is not null && place.Rights.HasFlag(Rights.Listen) && place.Wants != Wants.None)
            .Select(static place => new AwaitedHearing(place.Language, place.Wants, place.Participant)),
        ]);

    /// <summary>Everybody who was connected and has a place.</summary>
    public ImmutableArray<RosterEntry> Entries() => [
        .. _places.Values.Where(static place => place.Epoch > 0).Select(static place => new RosterEntry(
            place.Participant,
            place.Name,
            place.Language,
            place.Epoch,
            place.Seat is not null,
            place.Seat?.IsMuted ?? false,
            place.Rights.HasFlag(Rights.Speak))),
    ];

    bool TakeSeat(Seat seat, GatewayId gateway)
    {
        if (!_places.TryGetValue(seat.Participant.Value, out var place))
        {
            // After the call's own activation was lost, its places come back with the gateways' renewals.
            _places[seat.Participant.Value] = place = new Place(seat.Participant);
        }

        if (seat.Epoch < place.Epoch || (place.Seat == seat && place.Gateway == gateway))
            return false;
        (place.Seat, place.Gateway, place.Epoch, place.Language) = (seat, gateway, seat.Epoch, seat.Language);
        (place.Name, place.Rights, place.Wants, place.AwaitedUntil) = (seat.Name, seat.Rights, seat.Wants, null);
        return true;
    }

    sealed record LinkLeaseOf(IGatewayLink Link, DateTimeOffset EndsAt);

    sealed class Place(ParticipantId participant)
    {
        public ParticipantId Participant { get; } = participant;

        public string Name { get; set; } = "";

        public Rights Rights { get; set; }

        /// <summary>The connection; null while there is none.</summary>
        public Seat? Seat { get; set; }

        public GatewayId Gateway { get; set; }

        public int Epoch { get; set; }

        public Language Language { get; set; }

        /// <summary>When the place is given away, while there is no connection.</summary>
        public DateTimeOffset GoneAt { get; set; }

        public Wants Wants { get; set; }

        /// <summary>Until when speech is made for whoever lost the connection; null: it is not.</summary>
        public DateTimeOffset? AwaitedUntil { get; set; }

        public void Leave(DateTimeOffset now, DateTimeOffset goneAt) => (Seat, GoneAt, AwaitedUntil) = (null, goneAt, now + AwaitedLimit);
    }
}
