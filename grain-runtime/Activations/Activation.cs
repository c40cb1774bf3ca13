using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>One live grain: its instance, the calls that wait for it, and its way from activation to deactivation.</summary>
sealed class Activation : IGrainContext
{
    [ThreadStatic]
    static Activation? underConstruction;

    readonly Lock _gate = new();
    readonly LinkedList<RequestBase> _waiting = new();
    readonly HashSet<RequestBase> _running = new(ReferenceEqualityComparer.Instance);
    readonly List<GrainTimer> _timers = [];
    readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TurnScheduler _turns;
    readonly GrainClass _class;
    readonly CancellationTokenSource _ending = new();
    readonly AsyncServiceScope _services;
    Grain? _grain;
    Life _life = Life.Activating;
    RequestBase? _blocking;
    TaskCompletionSource? _ranOut;

    internal Activation(GrainProcess runtime, GrainClass grainClass, GrainId id, AsyncServiceScope services)
    {
        Runtime = runtime;
        _turns = new TurnScheduler(runtime.Lease);
        _class = grainClass;
        GrainId = id;
        _services = services;
        LastUsed = runtime.Time.GetTimestamp();
    }

    enum Life
    {
        Activating,
        Active,
        Ending,
        Ended,
    }

    internal static Activation? UnderConstruction => underConstruction;

    public GrainId GrainId { get; }

    public IServiceProvider ActivationServices => _services.ServiceProvider;

    public Task Deactivated => _deactivated.Task;

    public GrainProcess Runtime { get; }

    internal long LastUsed { get; private set; }

    internal bool IsIdle
    {
        get
        {
            lock (_gate)
                return _life == Life.Active && _running.Count == 0 && _waiting.Count == 0;
        }
    }

    internal void Start() => OnTurn(Activate);

    /// <summary>Takes a call. False: this activation has ended, ask for another.</summary>
    internal bool TryReceive(RequestBase call)
    {
        lock (_gate)
        {
            if (_life is Life.Ended)
                return false;
            _waiting.AddLast(call);
            LastUsed = Runtime.Time.GetTimestamp();
        }

        StartWhatMayRun();
        return true;
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_life is Life.Ending or Life.Ended)
                return;
            _life = Life.Ending;
        }

        OnTurn(() => End(deactivationReason));
    }

    public IGrainTimer AddTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(this, callback, options, Runtime.Time);
        lock (_gate)
            _timers.Add(timer);
        return timer;
    }

    internal void Remove(GrainTimer timer)
    {
        lock (_gate)
            _timers.Remove(timer);
    }

    /// <summary>Runs a timer's callback in turns of this grain; without interleave it waits its turn like a call.</summary>
    internal void Tick(RequestBase tick, bool keepAlive)
    {
        lock (_gate)
        {
            if (_life is Life.Ending or Life.Ended)
                return;
            _waiting.AddLast(tick);
            if (keepAlive)
                LastUsed = Runtime.Time.GetTimestamp();
        }

        StartWhatMayRun();
    }

    async Task Activate()
    {
        try
        {
            underConstruction = this;
            try
            {
                _grain = _class.Construct(this);
            }
            finally
            {
                underConstruction = null;
            }

            await _class.ReadStates(this);
            await _grain.OnActivateAsync(_ending.Token);
        }
        catch (Exception error)
        {
            FailWaiting(error);
            Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationFailed, "The activation failed."));
            return;
        }

        lock (_gate)
        {
            if (_life == Life.Activating)
                _life = Life.Active;
        }

        StartWhatMayRun();
    }

    void FailWaiting(Exception error)
    {
        RequestBase[] waiting;
        lock (_gate)
        {
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var call in waiting)
        {
            Runtime.Pending.Remove(call);
            call.Fail(error);
        }
    }

    void StartWhatMayRun()
    {
        lock (_gate)
        {
            var node = _waiting.First;
            while (node is not null && _life == Life.Active)
            {
                var next = node.Next;
                var call = node.Value;
                if (MayRun_NeedsLock(call))
                {
                    _waiting.Remove(node);
                    if (!call.IsAnswered)
                        Start_NeedsLock(call);
                }

                node = next;
            }
        }
    }

    bool MayRun_NeedsLock(RequestBase call) => call.IsAlwaysInterleave || _blocking is null;

    void Start_NeedsLock(RequestBase call)
    {
        _running.Add(call);
        if (!call.IsAlwaysInterleave)
            _blocking = call;
        OnTurn(() => Run(call));
    }

    async Task Run(RequestBase call)
    {
        await call.Answer(_grain!);
        Runtime.Pending.Remove(call);
        lock (_gate)
        {
            _running.Remove(call);
            if (ReferenceEquals(_blocking, call))
                _blocking = null;
            if (_life == Life.Ending && _running.Count == 0)
                _ranOut?.TrySetResult();
        }

        StartWhatMayRun();
    }

    async Task End(DeactivationReason reason)
    {
        await RunningCallsEnd();
        foreach (var timer in TakeTimers())
            timer.Dispose();

        if (_grain is not null && reason.ReasonCode != DeactivationReasonCode.ActivationFailed)
        {
            try
            {
                using var limit = new CancellationTokenSource(Runtime.DeactivationTimeout, Runtime.Time);
                await _grain.OnDeactivateAsync(reason, limit.Token);
            }
            catch (Exception error)
            {
                Runtime.Log.DeactivationFailed(GrainId.Type.Value, error);
            }
        }

        await _ending.CancelAsync();
        // Calls that come meanwhile wait here: whoever looks for the grain still finds this silo.
        await Runtime.LetGo(GrainId, reason);
        RequestBase[] late;
        lock (_gate)
        {
            _life = Life.Ended;
            late = [.. _waiting];
            _waiting.Clear();
        }

        Runtime.Forget(this);
        await _services.DisposeAsync();

        _deactivated.TrySetResult();
        // Calls that came meanwhile belong to the next activation.
        foreach (var call in late.Where(static call => call is not TimerTick))
            Runtime.SendAgain(GrainId, call);
    }

    async Task RunningCallsEnd()
    {
        TaskCompletionSource ranOut;
        lock (_gate)
        {
            if (_running.Count == 0)
                return;
            ranOut = _ranOut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        try
        {
            await ranOut.Task.WaitAsync(Runtime.DeactivationTimeout, Runtime.Time);
        }
        catch (TimeoutException)
        {
            Runtime.Log.CallsOutlastDeactivation(GrainId.Type.Value);
        }
    }

    GrainTimer[] TakeTimers()
    {
        lock (_gate)
        {
            GrainTimer[] timers = [.. _timers];
            _timers.Clear();
            return timers;
        }
    }

    void OnTurn(Func<Task> turn) =>
        _ = Task.Factory.StartNew(turn, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _turns);
}
