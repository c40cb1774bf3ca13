using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Scripted;

/// <summary>
/// A vendor of voices that does what it is told. With <c>Scripted:ClonerFolder</c> its account is a folder, so it outlives this process as a vendor does: each voice is a
/// file <c>ID.voice</c>, and files without content tell it how to answer for as long as they are there: <c>requires-verification</c>, <c>slots-taken</c>,
/// <c>clones-fail</c>, <c>clones-hang</c>, <c>deletes-fail</c>, <c>lists-fail</c>. <c>sent</c> counts the samples that reached it. Without a folder all goes well.
/// </summary>
sealed class ScriptedCloner(ScriptedOptions options) : IVoiceCloner
{
    readonly ConcurrentDictionary<string, StoredVoice> _voices = new();

    public string Name => "scripted";

    public async Task<ClonedVoice> Clone(CloneRequest request, CancellationToken cancellationToken)
    {
        if (request.Samples.IsEmpty || request.Labels.IsEmpty)
            throw Fault(FaultKind.BadRequest, "A clone needs samples, and labels by which it is found again.");
        if (options.ClonerFolder is { } folder)
            await File.AppendAllTextAsync(Path.Combine(folder, "sent"), ".", cancellationToken);
        if (IsTold("clones-hang"))
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        if (IsTold("clones-fail"))
            throw Fault(FaultKind.Overloaded, "Told to fail.");
        if (IsTold("slots-taken"))
            throw Fault(FaultKind.Quota, "Told that all slots are taken.");
        var id = $"v{Guid.NewGuid().ToString("N")[..8]}";
        var voice = new StoredVoice(request.Labels.ToDictionary());
        if (options.ClonerFolder is null)
            _voices[id] = voice;
        else
            await File.WriteAllBytesAsync(FileOf(id), JsonSerializer.SerializeToUtf8Bytes(voice), cancellationToken);
        return Cloned(id, voice);
    }

    public Task Delete(string voice, CancellationToken cancellationToken)
    {
        if (IsTold("deletes-fail"))
            throw Fault(FaultKind.Transport, "Told to fail.");
        if (options.ClonerFolder is null)
            _voices.TryRemove(voice, out _);
        else
            File.Delete(FileOf(voice));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ClonedVoice>> List(CancellationToken cancellationToken)
    {
        if (IsTold("lists-fail"))
            throw Fault(FaultKind.Transport, "Told to fail.");
        if (options.ClonerFolder is not { } folder)
            return Task.FromResult<IReadOnlyList<ClonedVoice>>([.. _voices.Select(voice => Cloned(voice.Key, voice.Value))]);
        return Task.FromResult<IReadOnlyList<ClonedVoice>>([.. Directory.EnumerateFiles(folder, "*.voice")
            .Select(file => Cloned(Path.GetFileNameWithoutExtension(file), JsonSerializer.Deserialize<StoredVoice>(File.ReadAllBytes(file))!))]);
    }

    ClonedVoice Cloned(string id, StoredVoice voice) => new(id, IsTold("requires-verification"), voice.Labels.ToImmutableDictionary());

    bool IsTold(string answer) => options.ClonerFolder is { } folder && File.Exists(Path.Combine(folder, answer));

    string FileOf(string id) => Path.Combine(options.ClonerFolder!, Path.GetFileName(id) + ".voice");

    EngineFaultException Fault(FaultKind kind, string message) => new(Name, kind, message);

    sealed record StoredVoice(Dictionary<string, string> Labels);
}
