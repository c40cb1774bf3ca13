using Orleans.Storage;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Tenants;
using VoiceGrains.Transcripts;

namespace VoiceGrains.Calls;

/// <summary>Keeps the roster and the life of a call, and tells its speakers who hears them.</summary>
[GrainType("call")]
sealed class CallGrain(
    [PersistentState("call", "grains")] IPersistentState<CallState> state, ITranscriptStore transcripts, TimeProvider time) : Grain, ICallGrain
{
    static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LeasePeriod = TimeSpan.FromSeconds(20);
    static readonly TimeSpan FinishLimit = TimeSpan.FromSeconds(20);
    static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(1);

    readonly CancellationTokenSource _over = new();
    CallId _call;
    CallRoster _roster = null!;
    CallAnnouncer _announcer = null!;
    DateTimeOffset _emptySince;
    DateTimeOffset _leasesDue;
    Task? _ending;
    HashSet<ParticipantId>? _unfinished;

    bool IsOpen => state.RecordExists && state.State.EndedAt is null && _ending is null;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _call = new CallId(this.GetPrimaryKeyString());
        if (state.RecordExists && state.State.EndedAt is null)
        {
            state.State.Activations++;
            await state.WriteStateAsync(cancellationToken);
            Begin(isFirst: false);
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _over.CancelAsync();
        if (_announcer is null)
            return;
        CallMeters.Call(-1);
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
        if (!state.RecordExists || state.State.EndedAt is not null)
            return Task.FromResult(RenewOutcome.HasEnded);
        if (_roster.Renew(renewal, time.GetUtcNow()))
            _announcer.Announce();
        return Task.FromResult(RenewOutcome.Renewed);
    }

    public async Task Leave(ParticipantId participant, int epoch)
    {
        if (!IsOpen || !_roster.Leave(participant, epoch))
            return;
        _announcer.Announce();
        await Finish(participant);
    }

    public Task End(EndReason reason)
    {
        if (IsOpen)
            _ending = EndAll(reason);
        return Task.CompletedTask;
    }

    public Task<CallDescription?> Describe() => Task.FromResult(!state.RecordExists
        ? null
        : new CallDescription(
            _call,
            new TenantId(state.State.Tenant),
            state.State.Title,
            state.State.EndedAt is null ? CallStatus.Open : CallStatus.Ended,
            state.State.OpenedAt,
            state.State.EndedAt,
            _roster?.Entries() ?? []));

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
        _emptySince = time.GetUtcNow();
        // Gateways have not told this activation of their people yet: until they had the time to, speakers keep the audience they have.
        var quiet = isFirst ? TimeSpan.Zero : CallRoster.LinkLease;
        _announcer = new CallAnnouncer(GrainFactory, _call, _roster, state.State.Activations, quiet, time);
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions { DueTime = TickPeriod, Period = TickPeriod, KeepAlive = true });
    }

    async Task Tick(CancellationToken cancellationToken)
    {
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
            _ending = EndAll(EndReason.Empty);
        else if (now >= _leasesDue)
            await RenewLeases();
    }

    async Task EndAll(EndReason reason)
    {
        try
        {
            await FinishAll(reason);
        }
        catch (InconsistentStateException)
        {
            // Another activation owns the call; what it stored counts.
            DeactivateOnIdle();
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // The next activation finds the call open, and those who still want its end ask again.
        }
    }

    async Task FinishAll(EndReason reason)
    {
        _unfinished = [.. _roster.Participants];
        var everybody = _unfinished.ToList();
        foreach (var participant in everybody)
            await Finish(participant);

        // What was said is finished and delivered first, so that nobody misses the last words.
        var started = time.GetTimestamp();
        while (_unfinished.Count > 0 && time.GetElapsedTime(started) < FinishLimit)
            await Task.Delay(TimeSpan.FromMilliseconds(20), time);
        await StoreEnd();
        await _announcer.TellEnded(reason);
        await Tolerate(Tenant(state.State.Tenant).Release(_call));
        await Tolerate(Index().Remove(_call));
        DeactivateOnIdle();
    }

    async Task StoreEnd()
    {
        while (true)
        {
            try
            {
                state.State.EndedAt = time.GetUtcNow();
                await state.WriteStateAsync();
                return;
            }
            catch (Exception error) when (error is not InconsistentStateException)
            {
                // The store is away, whatever its driver throws: the call is not over before that is stored.
                state.State.EndedAt = null;
            }

            await Task.Delay(StoreRetry, time, _over.Token);
        }
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

    ITenantGrain Tenant(string tenant) => GrainFactory.GetGrain<ITenantGrain>(tenant);

    ICallIndexGrain Index() => GrainFactory.GetGrain<ICallIndexGrain>(state.State.Tenant);
}
