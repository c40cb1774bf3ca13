using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace VoiceGrains.Participants;

/// <summary>
/// The participants that live on this silo. When it stops, they move to others first, each at its next pause, so that nobody hears of it. Who is in mid-sentence for longer
/// is handed over there.
/// </summary>
public sealed class LocalParticipants(IGrainFactory grains, TimeProvider time) : IHostedService
{
    /// <summary>How long a participant may go on talking here.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Beyond this the runtime ends what is left.
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);
    static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    readonly ConcurrentDictionary<string, byte> _keys = new();

    /// <summary>Whether this silo stops and no other could go on: then what was said is finished here.</summary>
    internal bool IsLast { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_keys.IsEmpty)
            return;
        IsLast = !await HasOthers(cancellationToken);
        if (IsLast)
            return;
        var started = time.GetTimestamp();
        await Task.WhenAll(_keys.Keys.Select(Move));
        while (!_keys.IsEmpty && time.GetElapsedTime(started) < Limit)
            await Task.Delay(LookAgain, time, cancellationToken);
    }

    internal void Add(string key) => _keys.TryAdd(key, 0);

    internal void Remove(string key) => _keys.TryRemove(key, out _);

    async Task<bool> HasOthers(CancellationToken cancellationToken)
    {
        try
        {
            return (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true).WaitAsync(cancellationToken)).Count > 1;
        }
        catch (Exception)
        {
            // Whoever should know can't be asked: others may be there.
            return true;
        }
    }

    async Task Move(string key)
    {
        try
        {
            await grains.GetGrain<IParticipantGrain>(key).Move(Patience);
        }
        catch (Exception)
        {
            // It is on its way out already; if not, the runtime ends it.
        }
    }
}
