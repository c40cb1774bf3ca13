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
    Wire.Journey? _journey;

    /// <summary>When the caller stops waiting, in ticks of the process's <see cref="TimeProvider"/>.</summary>
    internal long Deadline { get; set; }

    /// <summary>Its way between the processes of a cluster.</summary>
    internal Wire.Journey Journey => _journey ??= new Wire.Journey();

    public abstract InvokeMethodOptions Options { get; }

    public abstract string GetInterfaceName();

    public abstract string GetMethodName();

    public abstract int GetArgumentCount();

    public abstract object? GetArgument(int index);

    internal bool IsOneWay => (Options & InvokeMethodOptions.OneWay) != 0;

    internal bool IsAlwaysInterleave => (Options & InvokeMethodOptions.AlwaysInterleave) != 0;

    /// <summary>Whether the caller has its answer or no longer waits for it.</summary>
    internal bool IsAnswered => Completion.IsCompleted;

    internal string Name => $"{GetInterfaceName()}.{GetMethodName()}";

    internal abstract Task Completion { get; }

    /// <summary>Type of the answer; null when it has no value.</summary>
    internal abstract Type? AnswerType { get; }

    /// <summary>The answer of a call that succeeded.</summary>
    internal abstract object? Result { get; }

    /// <summary>Runs the call on its target and answers the caller. Never throws.</summary>
    internal abstract Task Answer(object target);

    /// <summary>Answers the caller with what another process answered.</summary>
    internal abstract void Complete(object? answer);

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

    internal override Task Completion => _answer.Task;

    internal override Type? AnswerType => typeof(TResult);

    internal override object? Result => _answer.Task.Result;

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

    internal override void Complete(object? answer) => _answer.TrySetResult((TResult)answer!);

    internal override void Fail(Exception error) => _answer.TrySetException(error);

    protected abstract Task<TResult> InvokeInner();
}

/// <summary>A call that answers when it is done.</summary>
public abstract class TaskRequest : RequestBase
{
    readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task Task => _answer.Task;

    internal override Task Completion => _answer.Task;

    internal override Type? AnswerType => null;

    internal override object? Result => null;

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
            Fail(error);
        }
    }

    internal override void Complete(object? answer) => _answer.TrySetResult();

    internal override void Fail(Exception error)
    {
        if (_answer.TrySetException(error) && IsOneWay)
            _ = _answer.Task.Exception; // A one-way caller never looks.
    }

    protected abstract Task InvokeInner();
}
