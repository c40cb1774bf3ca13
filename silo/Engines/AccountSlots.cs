using System.Collections.Concurrent;
using Orleans.Runtime;
using VoiceGrains.Engines;
using VoiceGrains.Operations;

namespace VoiceGrains.Silo.Engines;

/// <summary>The accounts at vendors whose places this silo shares with the others. What it holds it says again and again: a silo that is gone holds nothing soon.</summary>
sealed class AccountSlots(IServiceProvider services, IGrainFactory grains, ILocalSiloDetails silo, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<string, SharedSlots> _accounts = new();

    /// <summary>The places of an account: those of the cluster, or of this process alone where no grains run.</summary>
    /// <param name="most">By the settings; a vendor may say that there are fewer.</param>
    public static IAccountSlots Of(IServiceProvider services, string account, int most) => services.GetService<AccountSlots>() is { } shared
        ? shared.Of(account, most)
        : new LocalSlots(account, most, services.GetRequiredService<TimeProvider>());

    /// <summary>The accounts, with what this silo holds of their places.</summary>
    public IEnumerable<AccountFigures> Describe() => _accounts.Select(static account => account.Value.Describe(account.Key));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Engines name their accounts when they are made, and who counts the places must hear of every silo before it gives one: better now than with the first call.
        services.GetRequiredService<EngineSet>();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_accounts.Values.Select(static account => account.Renew()));
            await Task.Delay(RenewEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    SharedSlots Of(string account, int most) => _accounts.GetOrAdd(
        account, _ => new SharedSlots(account, most, silo.Name, grains.GetGrain<IEngineHealthGrain>($"account/{account}"), time));
}
