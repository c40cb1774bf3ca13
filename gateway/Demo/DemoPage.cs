using VoiceGrains.Calls;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Participants;
using VoiceGrains.Tenants;

namespace VoiceGrains.Gateway.Demo;

/// <summary>
/// What the first page needs of the demo call: whoever opened it, in this process or another, it is the newest running call of the first tenant with its title.
/// </summary>
sealed class DemoPage
{
    static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    readonly IClusterClient _grains;
    readonly TicketSigner _tickets;
    readonly TimeProvider _time;
    readonly TenantId? _tenant;
    readonly LocalProcesses? _processes;
    volatile string? _last;
    int _guests;

    public DemoPage(IClusterClient grains, TicketSigner tickets, GatewayOptions options, TimeProvider time)
    {
        (_grains, _tickets, _time) = (grains, tickets, time);
        _tenant = options.ApiKeys.Keys.Order(StringComparer.Ordinal).Select(static tenant => (TenantId?)new TenantId(tenant)).FirstOrDefault();
        _processes = options.DemoProcesses is { } folder ? new LocalProcesses(folder) : null;
    }

    public async Task<CallId?> FindCall()
    {
        if (_tenant is not { } tenant)
            return null;
        var page = await _grains.GetGrain<ICallIndexGrain>(GrainKeys.Of(tenant)).List(0, 500);
        if (page.Calls.FirstOrDefault(static call => call.Title == DemoTitle.Text) is { } listed)
            return new CallId(_last = listed.Call.Value);
        // The list dies with its silo, and calls enter themselves again in their own time.
        return _last is { } last && await _grains.GetGrain<ICallGrain>(last).Describe() is { Status: CallStatus.Open } ? new CallId(last) : null;
    }

    /// <summary>The call, and where it and those who talk in it live. Null: it is being opened.</summary>
    public async Task<DemoState?> Describe()
    {
        if (await FindCall() is not { } id || await _grains.GetGrain<ICallGrain>(id.Value).Describe() is not { Status: CallStatus.Open } call)
            return null;
        var talking = call.Roster.Where(static entry => entry.MaySpeak && entry.IsConnected && !entry.Participant.Value.StartsWith("guest-", StringComparison.Ordinal));
        var speakers = await Task.WhenAll(talking.Select(entry => Describe(id, entry)));
        return new DemoState(id.Value, call.Silo, _processes is not null, speakers);
    }

    public string TicketFor(CallId call, string name, Language language, bool onlyListens)
    {
        var now = _time.GetUtcNow();
        // Several gateways count their own guests.
        var guest = new ParticipantId($"guest-{Guid.NewGuid().ToString("N")[..6]}-{Interlocked.Increment(ref _guests)}");
        return _tickets.Sign(new Ticket(
            TicketUse.Join,
            _tenant!.Value,
            call,
            guest,
            name,
            language,
            Rights.Listen | Rights.Transcript | (onlyListens ? Rights.None : Rights.Speak),
            now,
            now + Validity,
            MayChooseName: true));
    }

    /// <summary>Kills the silo that most of the call lives on, as a crash would. Null: none was found.</summary>
    public string? KillNode(DemoState call)
    {
        var silo = call.Speakers.Select(static speaker => speaker.Silo).Append(call.Silo)
            .GroupBy(static silo => silo).OrderByDescending(static parts => parts.Count()).First().Key;
        return _processes?.TryKill(silo) == true ? silo : null;
    }

    async Task<DemoSpeaker> Describe(CallId call, RosterEntry entry)
    {
        var figures = await _grains.GetGrain<IParticipantGrain>(GrainKeys.Of(call, entry.Participant)).Describe();
        return new DemoSpeaker(entry.Participant.Value, entry.Name, figures.Silo, figures.Ledger.Highest, figures.Ledger.Lost);
    }
}

/// <summary>The demo call as the page shows it.</summary>
/// <param name="Silo">Where the call lives; its speakers may live elsewhere.</param>
/// <param name="MayKill">Whether there are processes that may be killed.</param>
sealed record DemoState(string Call, string Silo, bool MayKill, IReadOnlyList<DemoSpeaker> Speakers);

/// <summary>One who talks in it.</summary>
/// <param name="Frames">Sent so far.</param>
/// <param name="Lost">Of these, by the ledger.</param>
sealed record DemoSpeaker(string Participant, string Name, string Silo, long Frames, long Lost);
