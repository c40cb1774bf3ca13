using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using VoiceGrains.Gateways;
using VoiceGrains.Protocol;

namespace VoiceGrains.Gateway.Links;

/// <summary>Tells the region that this gateway is there, and knows the others: clients are sent to them when this one stops or dies.</summary>
sealed class GatewayPresence(
    IClusterClient grains, CallLinks links, IServer server, GatewayOptions options, IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    // The list is in memory, and begins anew when its silo is lost: whoever is there has told so again by then.
    static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(6);

    static readonly TimeSpan NoteEvery = TimeSpan.FromSeconds(2);
    static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);

    // Clients wait with it for where to go.
    static readonly TimeSpan FarewellLimit = TimeSpan.FromMilliseconds(500);

    readonly GatewayId _self = new(Guid.NewGuid().ToString("N")[..12]);
    readonly Dictionary<GatewayId, long> _seen = [];
    readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    ImmutableArray<GatewayAddress> _known = [];

    /// <summary>Addresses of all gateways, this one first.</summary>
    public IReadOnlyList<string> All => [.. _known.OrderByDescending(known => known.Gateway == _self).Select(static known => known.Address)];

    /// <summary>Addresses of those that go on when this one stops, in random order so that clients spread over them. One that began a moment ago may be known to the region only, which is asked.</summary>
    public async Task<IReadOnlyList<string>> Remaining()
    {
        if (Others.Count == 0)
            await Task.WhenAny(_left.Task, Task.Delay(FarewellLimit, time));
        return Others;
    }

    /// <summary>Where this gateway is reached over HTTP; null: it does not listen yet.</summary>
    public string? Url => Address() is { } address ? "http" + address["ws".Length..] : null;

    IReadOnlyList<string> Others
    {
        get
        {
            var others = _known.Where(known => known.Gateway != _self).Select(static known => known.Address).ToArray();
            RandomNumberGenerator.Shuffle(others.AsSpan());
            return others;
        }
    }

    IGatewayIndexGrain Index => grains.GetGrain<IGatewayIndexGrain>("gateways");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            while (true)
                await Task.Delay(await NoteOnce(), time, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // This gateway stops.
        }

        try
        {
            Learn(await Index.Remove(_self));
        }
        catch (Exception)
        {
            // Whatever it was: then the lease ends by itself.
        }

        _left.TrySetResult();
    }

    async Task<TimeSpan> NoteOnce()
    {
        if (Address() is not { } address)
            return RetryAfter; // The server is not listening yet.
        try
        {
            Learn(await Index.Note(new GatewayAddress(_self, address)));
            return NoteEvery;
        }
        catch (Exception)
        {
            // Whatever keeps the grains from answering: the known ones stand.
            return RetryAfter;
        }
    }

    void Learn(ImmutableArray<GatewayAddress> told)
    {
        var now = time.GetTimestamp();
        foreach (var gateway in told)
            _seen[gateway.Gateway] = now;
        var known = told.Union(_known.Where(gateway => time.GetElapsedTime(_seen[gateway.Gateway], now) < KnownFor))
            .OrderBy(static gateway => gateway.Address, StringComparer.Ordinal).ToImmutableArray();
        var hasChanged = !known.SequenceEqual(_known);
        _known = known;
        foreach (var gone in _seen.Keys.Where(seen => known.All(gateway => gateway.Gateway != seen)).ToList())
            _seen.Remove(gone);
        if (hasChanged)
            links.Tell(new GatewaysMessage(All));
    }

    string? Address()
    {
        var url = options.PublicUrl ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        return url is null || url.EndsWith(":0", StringComparison.Ordinal) ? null : "ws" + url.TrimEnd('/')["http".Length..];
    }
}
