namespace Orleans.Runtime;

/// <summary>How a call may run.</summary>
[Flags]
public enum InvokeMethodOptions
{
    None = 0,
    OneWay = 1,
    AlwaysInterleave = 1 << 3,
}

/// <summary>One call: its arguments, how to run it on its target, and the promise of its answer. Made by generated proxies.</summary>
public abstract class RequestBase
{
    /// <summary>When the caller stops waiting, in ticks of the process's <see cref="TimeProvider"/>.</summary>
    internal long Deadline { get; set; }

    public abstract InvokeMethodOptions Options { get; }

    public abstract string GetInterfaceName();

    public abstract string GetMethodName();

    internal bool IsOneWay => (Options & InvokeMethodOptions.OneWay) != 0;

    internal bool IsAlwaysInterleave => (Options & InvokeMethodOptions.AlwaysInterleave) != 0;

    /// <summary>Whether the caller has its answer or no longer waits for it.</summary>
    internal abstract bool IsAnswered { get; }

    internal string Name => $"{GetInterfaceName()}.{GetMethodName()}";

    /// <summary>Runs the call on its target and answers the caller. Never throws.</summary>
    internal abstract Task Answer(object target);

    internal abstract void Fail(Exception error);

    protected abstract void SetTarget(object target);

    private protected void Aim(object target) => SetTarget(target);
}

/// <summary>A call that answers with a value.</summary>
public abstract class TaskRequest<TResult> : RequestBase
{
    // Continuations run on the caller's own scheduler: the answering grain's turn must not run them.
    readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<TResult> Task => _answer.Task;

    internal override bool IsAnswered => _answer.Task.IsCompleted;

    internal override async Task Answer(object target)
    {
        try
        {
            Aim(target);
            _answer.TrySetResult(await InvokeInner());
        }
        catch (Exception error)
        {
            _answer.TrySetException(error);
        }
    }

    internal override void Fail(Exception error) => _answer.TrySetException(error);

    protected abstract Task<TResult> InvokeInner();
}

/// <summary>A call that answers when it is done.</summary>
public abstract class TaskRequest : RequestBase
{
    readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task Task => _answer.Task;

    internal override bool IsAnswered => _answer.Task.IsCompleted;

    internal override async Task Answer(object target)
    {
        try
        {
            Aim(target);
            await InvokeInner();
            _answer.TrySetResult();
        }
        catch (Exception error)
        {
            _answer.TrySetException(error);
        }
    }

    internal override void Fail(Exception error)
    {
        if (_answer.TrySetException(error))
            _ = _answer.Task.Exception; // A one-way caller never looks.
    }

    protected abstract Task InvokeInner();
}
