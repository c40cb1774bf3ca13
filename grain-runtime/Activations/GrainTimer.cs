using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>A timer of an activation: one callback at a time, the period counted from its end.</summary>
sealed class GrainTimer : IGrainTimer
{
    readonly Activation _activation;
    readonly Func<CancellationToken, Task> _callback;
    readonly GrainTimerCreationOptions _options;
    readonly CancellationTokenSource _ended = new();
    readonly ITimer _timer;

    internal GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options, TimeProvider time)
    {
        _activation = activation;
        _callback = callback;
        _options = options;
        _timer = time.CreateTimer(static timer => ((GrainTimer)timer!).Due(), this, options.DueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (_ended.IsCancellationRequested)
            return;
        _ended.Cancel();
        _timer.Dispose();
        _activation.Remove(this);
    }

    internal async Task Run()
    {
        if (_ended.IsCancellationRequested)
            return;
        try
        {
            await _callback(_ended.Token);
        }
        finally
        {
            if (!_ended.IsCancellationRequested && _options.Period != Timeout.InfiniteTimeSpan)
                _timer.Change(_options.Period, Timeout.InfiniteTimeSpan);
        }
    }

    void Due()
    {
        if (!_ended.IsCancellationRequested)
            _activation.Tick(new TimerTick(this, _options.Interleave, _activation.Runtime.Log), _options.KeepAlive);
    }
}

/// <summary>One callback of a timer, waiting for its turn.</summary>
sealed class TimerTick(GrainTimer timer, bool interleave, RuntimeLog log) : RequestBase
{
    static readonly Task NeverAnswered = new TaskCompletionSource().Task;

    public override InvokeMethodOptions Options => interleave ? InvokeMethodOptions.AlwaysInterleave : InvokeMethodOptions.None;

    internal override Task Completion => NeverAnswered;

    internal override Type? AnswerType => null;

    internal override object? Result => null;

    public override string GetInterfaceName() => "timer";

    public override string GetMethodName() => "tick";

    public override int GetArgumentCount() => 0;

    public override object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    internal override async Task Answer(object target)
    {
        try
        {
            await timer.Run();
        }
        catch (Exception error)
        {
            log.TimerFailed(target.GetType().Name, error);
        }
    }

    internal override void Complete(object? answer)
    {
    }

    internal override void Fail(Exception error)
    {
    }

    protected override void SetTarget(object target)
    {
    }
}
