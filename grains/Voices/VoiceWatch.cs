using Microsoft.Extensions.Hosting;

namespace VoiceGrains.Voices;

/// <summary>Every silo asks the one <see cref="IVoiceUpkeepGrain"/> of the cluster to look, again and again, so that it lives for as long as any silo does.</summary>
public sealed class VoiceWatch(IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    // The silo has just begun to be one.
    static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            for (var pause = First; ; pause = Every)
            {
                await Task.Delay(pause, time, either.Token);
                await LookOnce();
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // This silo stops; the others go on.
        }
    }

    async Task LookOnce()
    {
        try
        {
            await grains.GetGrain<IVoiceUpkeepGrain>("voices").Look();
        }
        catch (Exception)
        {
            // Its silo has just died, or the store is away: the next look finds it elsewhere.
        }
    }
}
