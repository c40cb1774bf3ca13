using System.Net.WebSockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using VoiceGrains.Calls;
using VoiceGrains.Client;
using VoiceGrains.Engines;
using VoiceGrains.Gateway;
using VoiceGrains.Protocol;
using VoiceGrains.Voices;

namespace VoiceGrains.Silo.Demo;

/// <summary>
/// The call that is going on when somebody opens the page: two synthetic voices read a dialogue into real sockets, and everything after that is the product.
/// For development only. Without an audience it pauses.
/// </summary>
sealed class DemoCall(
    IServer server, IGrainFactory grains, EngineSet engines, GatewayOptions gateway, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<DemoCall> logger)
    : BackgroundService
{
    static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2.6);
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);
    static readonly TimeSpan LookForAudience = TimeSpan.FromMilliseconds(250);
    static readonly (string Id, string Name, Language Language, string Profile)[] Cast =
    [
        ("emma", "Emma", Language.Parse("en"), "stock-female"),
        ("diego", "Diego", Language.Parse("es"), "stock-male"),
    ];

    /// <summary>The call that is going on; null while there is none.</summary>
    public string? Call { get; private set; }

    /// <summary>Where this process listens; known after the start.</summary>
    public Uri Address => new(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
        var script = DemoScript.Read(Path.Combine(ProductFolder.Path, "phrasebooks", "demo.txt"));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PlayOnce(script, stoppingToken);
            }
            catch (Exception error) when (error is CallRefusedException or WebSocketException or HttpRequestException or EngineFaultException)
            {
                logger.LogWarning(error, "The demo call broke; another is opened.");
            }

            await Task.Delay(RetryAfter, time, stoppingToken);
        }
    }

    async Task PlayOnce(IReadOnlyList<DemoLine> script, CancellationToken cancellationToken)
    {
        using var calls = new CallsClient(Address, gateway.ApiKeys.Values.First());
        Call = await calls.Open("Demo", cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var clients = new List<CallClient>();
        var sending = new List<Task>();
        var voices = new Dictionary<Language, DemoVoice>();
        try
        {
            foreach (var (id, name, language, profile) in Cast)
            {
                var (socket, ticket) = await calls.Ticket(Call, id, name, language.Tag, cancellationToken);
                var client = await CallClient.Connect(socket, ticket, new Hello(language.Tag, [], profile), time, cancellationToken);
                clients.Add(client);
                voices[language] = new DemoVoice(client, time);
                sending.Add(voices[language].SendAll(ended.Token));
                sending.Add(Drain(client, ended));
            }

            await Talk(voices, script, ended.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The call was ended from outside; another is opened.
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(sending.Select(static task => task.ContinueWith(static _ => { }, TaskScheduler.Default)));
            foreach (var client in clients)
                await client.DisposeAsync();
        }
    }

    async Task Talk(Dictionary<Language, DemoVoice> voices, IReadOnlyList<DemoLine> script, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i = (i + 1) % script.Count)
        {
            await WaitForAudience(cancellationToken);
            var line = script[i];
            await voices[line.Language].Speak(await Synthesize(line, cancellationToken), cancellationToken);
            await Task.Delay(BetweenLines, time, cancellationToken);
        }
    }

    async Task WaitForAudience(CancellationToken cancellationToken)
    {
        while (await grains.GetGrain<ICallGrain>(Call!).Describe() is not { Status: CallStatus.Open } call
               || call.Roster.All(static entry => Cast.Any(member => member.Id == entry.Participant.Value)))
            await Task.Delay(LookForAudience, time, cancellationToken);
    }

    async Task<byte[]> Synthesize(DemoLine line, CancellationToken cancellationToken)
    {
        var gender = line.Language.Primary == "en" ? Gender.Female : Gender.Male;
        var engine = engines.SynthesizersFor(line.Language).FirstOrDefault()
            ?? throw new EngineFaultException("demo", FaultKind.BadRequest, $"No voice speaks {line.Language}; install espeak-ng.");
        await using var stream = engine.Open(new Voice("demo", gender, line.Language));
        stream.Write(line.Text);
        stream.Complete();
        var audio = new List<byte>();
        await foreach (var chunk in stream.Chunks(cancellationToken))
            audio.AddRange(chunk.Audio.Span);
        return [.. audio];
    }

    // They listen to nothing, but what comes must be read; the end of the connection ends the call.
    static async Task Drain(CallClient client, CancellationTokenSource ended)
    {
        await foreach (var _ in client.Events.ReadAllAsync(ended.Token))
        {
        }

        await ended.CancelAsync();
    }
}
