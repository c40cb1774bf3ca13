using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Grain state in this process's memory. Records are copies, so a grain can't change what is stored by accident.</summary>
sealed class MemoryGrainStorage : IGrainStorage
{
    readonly ConcurrentDictionary<(string State, GrainId Grain), (byte[] Payload, int Version)> _records = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = _records.TryGetValue((stateName, grainId), out var record);
        grainState.ETag = grainState.RecordExists ? Etag(record.Version) : null;
        grainState.State = grainState.RecordExists ? JsonSerializer.Deserialize<T>(record.Payload)! : Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(grainState.State);
        var written = _records.AddOrUpdate(
            (stateName, grainId),
            _ => (payload, Expect(null, grainState.ETag) + 1),
            (_, stored) => (payload, Expect(Etag(stored.Version), grainState.ETag) + 1));
        grainState.ETag = Etag(written.Version);
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue((stateName, grainId), out var stored))
        {
            Expect(Etag(stored.Version), grainState.ETag);
            _records.TryRemove((stateName, grainId), out _);
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    static string Etag(int version) => version.ToString(CultureInfo.InvariantCulture);

    static int Expect(string? stored, string? current) => stored == current
        ? int.Parse(stored ?? "0", CultureInfo.InvariantCulture)
        : throw new InconsistentStateException("The state was written by another activation since this one read it.", stored, current);
}
