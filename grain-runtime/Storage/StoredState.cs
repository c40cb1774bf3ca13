using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>State of one grain in one store.</summary>
sealed class StoredState<T>(string stateName, GrainId grainId, IGrainStorage storage) : IPersistentState<T>, IGrainState<T>
{
    public T State { get; set; } = Activator.CreateInstance<T>();

    public string? ETag { get; set; }

    public string? Etag => ETag;

    public bool RecordExists { get; set; }

    public Task ReadStateAsync() => storage.ReadStateAsync(stateName, grainId, this);

    public Task WriteStateAsync() => storage.WriteStateAsync(stateName, grainId, this);

    public Task ClearStateAsync() => storage.ClearStateAsync(stateName, grainId, this);
}
