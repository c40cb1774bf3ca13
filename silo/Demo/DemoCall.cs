using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using VoiceGrains.Engines;
using VoiceGrains.Gateway;

namespace VoiceGrains.Silo.Demo;

/// <summary>The demo call of a server in one process, which talks to itself over its own sockets. For development only.</summary>
sealed class DemoCall(
    IServer server, EngineSet engines, GatewayOptions gateway, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<DemoTalk> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
        // Known after the start.
        var address = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await new DemoTalk(address, DemoTalk.KeyOf(gateway.ApiKeys), engines, time, logger).TalkAll(stoppingToken);
    }
}
