using System.Collections.Concurrent;

namespace VoiceGrains.Voices;

/// <summary>Recordings in the memory of the process: with it they are gone, and so is what they were for.</summary>
public sealed class MemoryRecordingStore : IRecordingStore
{
    readonly ConcurrentDictionary<(string Profile, RecordingKind Kind), byte[]> _recordings = new();
    readonly string _installation = Guid.NewGuid().ToString("N");

    public Task Write(string profile, RecordingKind kind, ReadOnlyMemory<byte> wav, CancellationToken cancellationToken)
    {
        _recordings[(profile, kind)] = wav.ToArray();
        return Task.CompletedTask;
    }

    public Task<byte[]?> Read(string profile, RecordingKind kind, CancellationToken cancellationToken) =>
        Task.FromResult(_recordings.GetValueOrDefault((profile, kind)));

    public Task Delete(string profile, RecordingKind kind, CancellationToken cancellationToken)
    {
        _recordings.TryRemove((profile, kind), out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> Profiles(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. _recordings.Keys.Select(static key => key.Profile).Distinct()]);

    public Task<string> Installation(CancellationToken cancellationToken) => Task.FromResult(_installation);
}
