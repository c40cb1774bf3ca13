using Orleans.Storage;
using VoiceGrains.Media;
using VoiceGrains.Operations;
using VoiceGrains.Participants;
using VoiceGrains.Tenants;
using VoiceGrains.Transcripts;

namespace VoiceGrains.Calls;

/// <summary>Keeps the roster and the life of a call, and tells its speakers who hears them.</summary>
[GrainType("call")]
sealed class CallGrain(
    [PersistentState("call", "grains")] IPersistentState<CallState> state,
    ITranscriptStore transcripts,
    ILocalSiloDetails silo,
    LocalFigures figures,
    TimeProvider time,
    ILogger<CallGrain> logger) : Grain, ICallGrain
{
    static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LeasePeriod = TimeSpan.FromSeconds(20);
    static readonly TimeSpan FinishLimit = TimeSpan.FromSeconds(20);

    readonly CallStore _store = new(state, time, logger);
    readonly CallGauge _gauge = new();
    readonly CancellationTokenSource _over = new();
    CallId _call;
    CallRoster _roster = null!;
    CallAnnouncer _announcer = null!;
    DateTimeOffset _emptySince;
    DateTimeOffset _leasesDue;
    DateTimeOffset _heardAllAt;
    Task? _ending;
    HashSet<ParticipantId>? _unfinished;

    bool _isOver;

    bool IsOpen => IsRunning && _ending is null;

    bool IsRunning => state.RecordExists && !_isOver;

    // Gateways have not told this activation of all their people yet.
    bool IsPartial => time.GetUtcNow() < _heardAllAt;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _call = new CallId(this.GetPrimaryKeyString());
        _isOver = state.State.EndedAt is not null;
        if (!state.RecordExists || _isOver)
            return;
        state.State.Activations++;
        await state.WriteStateAsync(cancellationToken);
        Begin(isFirst: false);
        // The activation before this one was asked to end the call and did not come to it. First the gateways say who is there.
        if (state.State.Ending is { } reason)
            _ending = EndAll(reason, CallRoster.LinkLease);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        figures.Remove(_gauge);
        await _over.CancelAsync();
        if (_announcer is null)
            return;
        CallMeters.Call(-1);
        if (IsRunning)
            await _announcer.TellMoved();
        await _announcer.DisposeAsync();
    }

    public async Task<OpenOutcome> Open(CallSettings settings)
    {
        if (state.RecordExists)
            return IsOpen ? OpenOutcome.Opened : OpenOutcome.HasEnded;
        if (!await Tenant(settings.Tenant.Value).Admit(_call))
        {
            DeactivateOnIdle();
            return OpenOutcome.TenantIsFull;
        }

        state.State = new CallState
        {
            Tenant = settings.Tenant.Value,
            Title = settings.Title,
            MaxParticipants = settings.MaxParticipants,
            AbsenceLimit = settings.AbsenceLimit,
            EmptyLimit = settings.EmptyLimit,
            // A gateway of an older version sends none.
            Terms = settings.Terms ?? CallTerms.None,
            OpenedAt = time.GetUtcNow(),
            Activations = 1,
        };
        await state.WriteStateAsync();
        Begin(isFirst: true);
        await RenewLeases();
        return OpenOutcome.Opened;
    }

    public Task<JoinOutcome> Join(JoinRequest request)
    {
        if (!state.RecordExists || state.State.Tenant != request.Tenant.Value)
        {
            if (!state.RecordExists)
                DeactivateOnIdle();
            return Task.FromResult(JoinOutcome.Unknown);
        }

        if (!IsOpen)
            return Task.FromResult(JoinOutcome.HasEnded);
        return Task.FromResult(_roster.Join(request, time.GetUtcNow()));
    }

    public Task<RenewOutcome> Renew(LinkRenewal renewal)
    {
        if (!IsRunning)
            return Task.FromResult(RenewOutcome.HasEnded);
        if (_roster.Renew(renewal, time.GetUtcNow(), IsPartial))
        {
            _announcer.Announce();
            Show();
        }

        return Task.FromResult(RenewOutcome.Renewed);
    }

    public async Task Leave(ParticipantId participant, int epoch)
    {
        if (!IsRunning || !_roster.Leave(participant, epoch, IsPartial))
            return;
        _announcer.Announce();
        await Finish(participant);
    }

    public Task End(EndReason reason)
    {
        // An activation that took over must hear first who is in the call, or it could not let them finish.
        if (IsOpen)
            _ending = EndAll(reason, IsPartial ? _heardAllAt - time.GetUtcNow() : TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public Task<CallDescription?> Describe() => Task.FromResult(!state.RecordExists
        ? null
        : new CallDescription(
            silo.Name,
            _call,
            new TenantId(state.State.Tenant),
            state.State.Title,
            _isOver ? CallStatus.Ended : CallStatus.Open,
            state.State.OpenedAt,
            _isOver ? state.State.EndedAt : null,
            IsRunning && IsPartial,
            _roster?.Entries() ?? []));

    public Task<CallTerms> Terms() => Task.FromResult(state.State.Terms);

    public Task Hear(ParticipantNews news)
    {
        if (news.Kind == NewsKind.Finished)
            _unfinished?.Remove(news.Participant);
        else
            _announcer?.Announce();
        return Task.CompletedTask;
    }

    public async Task<TranscriptPage> ReadTranscript(int position, int count)
    {
        var segments = await transcripts.Read(_call, position, Math.Clamp(count, 1, 500), CancellationToken.None);
        return new TranscriptPage([.. segments], segments.Count == Math.Clamp(count, 1, 500) ? position + segments.Count : null);
    }

    void Begin(bool isFirst)
    {
        _roster = new CallRoster(state.State.MaxParticipants, state.State.AbsenceLimit);
        CallMeters.Call(+1);
        // Until gateways had the time to tell of their people, speakers keep the audience they have beside what is new.
        var quiet = isFirst ? TimeSpan.Zero : CallRoster.LinkLease;
        _emptySince = _heardAllAt = time.GetUtcNow() + quiet;
        _announcer = new CallAnnouncer(GrainFactory, _call, _roster, state.State.Activations, quiet, time);
        Show();
        figures.Add(_gauge);
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions { DueTime = TickPeriod, Period = TickPeriod, KeepAlive = true });
    }

    void Show() => _gauge.Call = new ReportedCall(
        _call,
        new TenantId(state.State.Tenant),
        state.State.Title,
        state.State.OpenedAt,
        _roster.Count,
        _roster.Connected,
        [.. _roster.Languages.OrderBy(static language => language.Tag, StringComparer.Ordinal)],
        IsEnding: _ending is not null);

    async Task Tick(CancellationToken cancellationToken)
    {
        Show();
        if (!IsOpen)
            return;
        var now = time.GetUtcNow();
        var left = _roster.Expire(now, out var hasChanged);
        if (hasChanged)
            _announcer.Announce();
        foreach (var participant in left)
            await Finish(participant);
        if (_roster.Connected > 0)
            _emptySince = now;
        if (now - _emptySince >= state.State.EmptyLimit)
            _ending = EndAll(EndReason.Empty, TimeSpan.Zero);
        else if (now >= _leasesDue)
            await RenewLeases();
    }

    async Task EndAll(EndReason reason, TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, time, _over.Token);
            await FinishAll(reason);
        }
        catch (InconsistentStateException)
        {
            // Another activation owns the call; what it stored counts.
            DeactivateOnIdle();
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // The next activation goes on with it.
        }
    }

    async Task FinishAll(EndReason reason)
    {
        await _store.Change(stored => stored.Ending = reason, _over.Token);
        _unfinished = [.. _roster.Participants];
        var everybody = _unfinished.ToList();
        foreach (var participant in everybody)
            await Finish(participant);

        // What was said is finished and delivered first, so that nobody misses the last words.
        var started = time.GetTimestamp();
        while (_unfinished.Count > 0 && time.GetElapsedTime(started) < FinishLimit)
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, _over.Token);
        await _store.Change(stored => stored.EndedAt = time.GetUtcNow(), _over.Token);
        _isOver = true;
        figures.Remove(_gauge);
        await _announcer.TellEnded(reason);
        await Tolerate(Tenant(state.State.Tenant).Release(_call));
        await Tolerate(Index().Remove(_call));
        DeactivateOnIdle();
    }

    Task Finish(ParticipantId participant) => Tolerate(GrainFactory.GetGrain<IParticipantGrain>(GrainKeys.Of(_call, participant)).Finish());

    async Task RenewLeases()
    {
        _leasesDue = time.GetUtcNow() + LeasePeriod;
        // A running call keeps its place even if the tenant's limit was lowered meanwhile.
        await Tolerate(Tenant(state.State.Tenant).Admit(_call));
        await Tolerate(Index().Note(new CallSummary(_call, state.State.Title, state.State.OpenedAt, _roster.Connected, [.. _roster.Languages])));
    }

    // These calls are repeated with the next lease, or end by themselves when the other side is gone.
    static async Task Tolerate(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception)
        {
            // Whatever kept the other side from answering.
        }
    }

    ITenantGrain Tenant(string tenant) => GrainFactory.GetGrain<ITenantGrain>(GrainKeys.Of(new TenantId(tenant)));

    ICallIndexGrain Index() => GrainFactory.GetGrain<ICallIndexGrain>(GrainKeys.Of(new TenantId(state.State.Tenant)));
}
