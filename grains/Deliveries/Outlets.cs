using VoiceGrains.Calls;
using VoiceGrains.Media;
using VoiceGrains.Participants;

namespace VoiceGrains.Deliveries;

/// <summary>Where one speaker's words and voice go: knows the audience, and keeps one pump for each gateway.</summary>
sealed class Outlets(ParticipantId speaker, TimeProvider time) : IAsyncDisposable
{
    readonly Dictionary<GatewayId, LinkPump> _pumps = [];
    readonly List<Task> _closing = [];
    Audience _audience = Audience.Nobody;
    bool _knowsWhole;
    (GatewayId Gateway, IGatewayLink Link)? _own;

    /// <summary>The claim under which deliveries go out: receivers drop those of an older one.</summary>
    public Fence Fence { get; set; }

    /// <summary>The link of the speaker's own connection; null: there is none yet.</summary>
    public GatewayId? OwnGateway => _own?.Gateway;

    /// <summary>
    /// Takes a newer audience. False: it is older than the one that holds. But whoever knows a partial one alone learns the rest from an older whole one.
    /// </summary>
    public bool Apply(Audience audience)
    {
        var isOlder = audience.Version.CompareTo(_audience.Version) < 0;
        if (isOlder && (_knowsWhole || audience.IsPartial))
            return false;
        _audience = isOlder ? Joined(_audience, audience) : audience.IsPartial ? Joined(audience, _audience) : audience;
        _knowsWhole |= !audience.IsPartial;
        RefreshPumps();
        return true;
    }

    /// <summary>The gateway of the speaker's own connection.</summary>
    public void SetOwn(GatewayId gateway, IGatewayLink link)
    {
        _own = (gateway, link);
        RefreshPumps();
    }

    /// <summary>Languages that need a translation, and whether somebody wants to hear it.</summary>
    public IEnumerable<(Language Language, bool IsHeard)> LanguagesBeside(Language spoken) => Others()
        .Select(static hearing => (hearing.Language, hearing.Wants))
        .Concat(_audience.Awaited.Where(awaited => awaited.Listener != speaker).Select(static awaited => (awaited.Language, awaited.Wants)))
        .Where(wish => !wish.Language.IsSpokenLike(spoken) && (wish.Wants & (Wants.Captions | Wants.Speech)) != 0)
        .GroupBy(static wish => wish.Language)
        .Select(static group => (group.Key, group.Any(static wish => wish.Wants.HasFlag(Wants.Speech))));

    /// <summary>The spoken language and its variants, as far as somebody else hears them.</summary>
    public IEnumerable<Language> LanguagesLike(Language spoken) => Others()
        .Where(hearing => hearing.Language.IsSpokenLike(spoken) && hearing.Wants.HasFlag(Wants.Speech))
        .Select(static hearing => hearing.Language)
        .Distinct();

    /// <summary>Sends a caption, or a part of speech, to the gateways with listeners of its language.</summary>
    /// <param name="arrived">Called when it has arrived at all of them.</param>
    public void Send(Delivery delivery, Action? arrived = null)
    {
        var wanted = delivery is CaptionDelivery or NoticeDelivery ? Wants.Captions : Wants.Speech;
        Post(delivery, _audience.Hearings.Where(hearing => hearing.Language == delivery.Language && (hearing.Wants & wanted) != 0), arrived);
    }

    /// <summary>Whether what is said goes to listeners of a language behind a gateway.</summary>
    public bool Reaches(GatewayId gateway, Language language) => _audience.Hearings.Any(hearing => hearing.Gateway == gateway && hearing.Language == language);

    /// <summary>Sends to one gateway that is reached, in order with everything else that goes there.</summary>
    public void SendTo(GatewayId gateway, Delivery delivery) => _pumps.GetValueOrDefault(gateway)?.Post(delivery);

    /// <summary>Sends a caption of the original to those who speak the language, and to those who want originals.</summary>
    public void SendOriginalCaption(CaptionDelivery caption) => Post(
        caption,
        _audience.Hearings.Where(hearing => hearing.Wants.HasFlag(Wants.OriginalCaptions)
            || (hearing.Wants.HasFlag(Wants.Captions) && hearing.Language.IsSpokenLike(caption.Language))));

    /// <summary>Relays a frame of the speaker's own voice.</summary>
    public void SendOriginal(OriginalDelivery frame) => Post(
        frame,
        Others().Where(hearing => hearing.Wants.HasFlag(Wants.Original)
            || (hearing.Wants.HasFlag(Wants.Speech) && hearing.Language.IsSpokenLike(frame.Language))));

    /// <summary>Sends to the speaker's own connection.</summary>
    public void SendToSpeaker(Delivery delivery)
    {
        if (_own is { } own && _pumps.TryGetValue(own.Gateway, out var pump))
            pump.Post(delivery);
    }

    /// <summary>Waits until everything is delivered, at most as long as given.</summary>
    public Task Drain(TimeSpan limit) => Task.WhenAll(_pumps.Values.Select(pump => pump.Drain(limit)));

    public async ValueTask DisposeAsync()
    {
        foreach (var pump in _pumps.Values)
            _closing.Add(pump.DisposeAsync().AsTask());
        _pumps.Clear();
        await Task.WhenAll(_closing);
    }

    IEnumerable<Hearing> Others() => _audience.Hearings.Where(hearing => hearing.Only != speaker);

    // What the call has heard of so far, beside what was known before.
    static Audience Joined(Audience newer, Audience older)
    {
        var known = newer.Hearings.Select(static hearing => (hearing.Gateway, hearing.Language)).ToHashSet();
        return newer with
        {
            Hearings = [.. newer.Hearings, .. older.Hearings.Where(hearing => !known.Contains((hearing.Gateway, hearing.Language)))],
            Awaited = [.. newer.Awaited.Union(older.Awaited)],
        };
    }

    void Post(Delivery delivery, IEnumerable<Hearing> hearings, Action? arrived = null)
    {
        // Once for each gateway, however many languages and listeners are behind it.
        var pumps = hearings.Select(static hearing => hearing.Gateway).Distinct()
            .Select(gateway => _pumps.GetValueOrDefault(gateway)).OfType<LinkPump>().ToList();
        var awaited = pumps.Count;
        if (awaited == 0)
            arrived?.Invoke();
        foreach (var pump in pumps)
        {
            pump.Post(delivery, arrived is null ? null : () =>
            {
                if (--awaited == 0)
                    arrived();
            });
        }
    }

    void RefreshPumps()
    {
        var links = _audience.Hearings.GroupBy(static hearing => hearing.Gateway).ToDictionary(static group => group.Key, static group => group.First().Link);
        if (_own is { } own)
            links[own.Gateway] = own.Link;
        foreach (var (gateway, link) in links)
        {
            if (_pumps.TryGetValue(gateway, out var pump))
                pump.Link = link;
            else
                _pumps[gateway] = new LinkPump(speaker, () => Fence, link, time);
        }

        foreach (var gone in _pumps.Keys.Where(gateway => !links.ContainsKey(gateway)).ToList())
        {
            _pumps.Remove(gone, out var pump);
            _closing.RemoveAll(static task => task.IsCompleted);
            _closing.Add(pump!.DisposeAsync().AsTask());
        }
    }
}
