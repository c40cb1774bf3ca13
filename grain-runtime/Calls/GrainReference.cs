using Orleans.Activations;

namespace Orleans.Runtime;

/// <summary>What all references to one class of grains share.</summary>
public sealed class GrainReferenceShared
{
    internal GrainReferenceShared(GrainProcess process, GrainType grainType)
    {
        Process = process;
        GrainType = grainType;
    }

    internal GrainProcess Process { get; }

    internal GrainType GrainType { get; }
}

/// <summary>Base of the generated proxies. References to the same grain are equal.</summary>
public abstract class GrainReference(GrainReferenceShared shared, IdSpan key) : IAddressable, IEquatable<GrainReference>
{
    public GrainId GrainId { get; } = new(shared.GrainType, key);

    public bool Equals(GrainReference? other) => other is not null && other.GrainId == GrainId;

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => GrainId.ToString();

    protected Task<TResult> InvokeAsync<TResult>(TaskRequest<TResult> request)
    {
        shared.Process.Send(GrainId, request);
        return request.Task;
    }

    protected Task InvokeAsync(TaskRequest request)
    {
        shared.Process.Send(GrainId, request);
        return request.IsOneWay ? Task.CompletedTask : request.Task;
    }
}
