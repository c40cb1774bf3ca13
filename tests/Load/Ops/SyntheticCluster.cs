using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using VoiceGrains.Engines;
using VoiceGrains.Gateway;
using VoiceGrains.Operations;
using VoiceGrains.Silo.Hosting;

namespace VoiceGrains.Tests.Load.Ops;

/// <summary>
/// A gateway whose cluster is made up: silos, gateways and calls that report once a second as real ones do, with figures that change each time. The way from the report to the
/// page is the product's own.
/// </summary>
sealed class SyntheticCluster : IAsyncDisposable
{
    public const string Token = "token-of-a-made-up-cluster";
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    static readonly string[] Languages = ["en", "es", "fr", "de", "it", "pt", "ar", "ja"];
    static readonly string[] Titles = ["Support", "Stand-up", "Interview", "Board meeting", "Órdenes de compra", "مقابلة عمل", "Visite guidée", ""];

    readonly WebApplication _app;
    readonly int _silos;
    readonly int _calls;
    readonly Random _random;
    readonly CancellationTokenSource _over = new();
    readonly DateTimeOffset _begun = TimeProvider.System.GetUtcNow();
    readonly IProcessControl _control;
    readonly HashSet<string> _silent = [];
    readonly Task _reporting;
    BreakerState _breaker;
    bool _isBusy;

    SyntheticCluster(WebApplication app, int silos, int calls, int seed)
    {
        (_app, _silos, _calls, _random) = (app, silos, calls, new Random(seed));
        _control = app.Services.GetRequiredService<IClusterClient>().CreateObjectReference<IProcessControl>(Control);
        _reporting = ReportAll();
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>What operators asked of the made-up processes.</summary>
    public MadeUpControl Control { get; } = new();

    /// <summary>How long the reports of all processes took last.</summary>
    public TimeSpan ReportsTook { get; private set; }

    public static async Task<SyntheticCluster> Start(int silos, int calls, int seed)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Tickets:Key"] = "a key of a cluster that is made up, 32 bytes and more",
            ["Ops:Token"] = Token,
            ["Cluster:Name"] = "gateway-1",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Grains:IdleLimit"] = "00:05:00",
            ["urls"] = "http://127.0.0.1:0",
        });
        builder.Services.AddSingleton<IAuditStore>(new MemoryAuditStore());
        builder.AddGrains(null);
        if (builder.AddVoiceGateway() is { Count: > 0 } mistakes)
            throw new InvalidOperationException(string.Join('\n', mistakes));
        var app = builder.Build();
        app.MapVoiceGateway();
        await app.StartAsync();
        return new SyntheticCluster(app, silos, calls, seed);
    }

    /// <summary>A silo says nothing any more.</summary>
    public void Lose(string silo) => _silent.Add(silo);

    /// <summary>An engine fails, one silo is busy, and some calls lose frames.</summary>
    public void MakeTrouble() => (_breaker, _isBusy) = (BreakerState.Open, true);

    /// <summary>Nobody reports any more, and nobody answers: the gateway has nothing new to tell.</summary>
    public async Task Stop() => await _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _reporting;
        await _app.DisposeAsync();
    }

    async Task ReportAll()
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        try
        {
            do
            {
                var started = TimeProvider.System.GetTimestamp();
                await ReportOnce();
                ReportsTook = TimeProvider.System.GetElapsedTime(started);
            }
            while (await timer.WaitForNextTickAsync(_over.Token));
        }
        catch (Exception error) when (_over.IsCancellationRequested || error is OrleansException or ObjectDisposedException)
        {
            // It is stopped.
        }
    }

    async Task ReportOnce()
    {
        var figures = _app.Services.GetRequiredService<IClusterClient>().GetGrain<IClusterFiguresGrain>("cluster");
        for (var number = 1; number <= _silos && !_over.IsCancellationRequested; number++)
        {
            if (!_silent.Contains($"silo-{number}"))
                await figures.Report(Silo(number));
        }

        for (var number = 2; number <= 4; number++)
            await figures.Report(Gateway(number));
    }

    ProcessReport Silo(int number)
    {
        var calls = Enumerable.Range(0, _calls).Where(call => call % _silos == number - 1).Select(Call).ToList();
        var people = calls.Sum(static call => call.Participants);
        var load = _isBusy && number == 7 ? 3.7 : 0.9 + _random.NextDouble();
        return new ProcessReport(
            Process($"silo-{number}", ProcessKind.Silo) with
            {
                Silo = $"10.0.0.{number}:11111@1",
                Load = new ProcessLoad(4, load, (900L + _random.Next(60)) << 20, (400L + _random.Next(40)) << 20, calls.Count, people, 0, people * 5 + _random.Next(20), people * 0.2 + _random.NextDouble()),
            },
            _control,
            [.. calls],
            [.. calls.Select(call => new CallShare(call.Call, call.Participants, call.Participants * 5 + _random.Next(5), LagOf(call), LostOf(call), 40 + _random.Next(3)))],
            [.. Engines()],
            [new AccountFigures("elevenlabs", _isBusy && number == 1 ? 5 : 0, 5, _isBusy && number == 1 ? 2 : 0)]);
    }

    ProcessReport Gateway(int number) => new(
        Process($"gateway-{number}", ProcessKind.Gateway) with
        {
            Address = $"http://10.0.1.{number}:8080",
            Load = new ProcessLoad(4, 0.5 + _random.NextDouble() / 2, (300L + _random.Next(20)) << 20, 100 << 20, _calls / 3, 0, _calls * 3 / 4 + _random.Next(9), 0, 0),
        },
        _control,
        [],
        [],
        [],
        []);

    IEnumerable<EngineFigures> Engines()
    {
        yield return Engine("recognizer", "deepgram-flux", "api.deepgram.com/flux", 1, _breaker);
        yield return Engine("recognizer", "openai-transcribe", "api.openai.com/transcribe", 2, BreakerState.Closed);
        yield return Engine("translator", "openai", "api.openai.com/chat", 1, BreakerState.Closed);
        yield return Engine("translator", "anthropic", "api.anthropic.com/messages", 2, BreakerState.Closed);
        yield return Engine("synthesizer", "elevenlabs", "api.elevenlabs.io/speech", 1, BreakerState.Closed);
        yield return Engine("synthesizer", "espeak-ng", null, 2, BreakerState.Closed);
    }

    static EngineFigures Engine(string stage, string name, string? endpoint, int place, BreakerState state) => new(
        stage,
        name,
        endpoint,
        endpoint is null ? null : $"{stage}/{name}/{endpoint}",
        place,
        state,
        state == BreakerState.Open ? FaultKind.Overloaded : null,
        state == BreakerState.Open ? TimeSpan.FromSeconds(23) : TimeSpan.Zero,
        IsHeld: false,
        state == BreakerState.Open ? 7 : 0,
        1);

    ReportedCall Call(int number) => new(
        new CallId($"local-madeup{number:0000}"),
        new TenantId(number % 3 == 0 ? "acme" : "demo"),
        Titles[number % Titles.Length] is { Length: > 0 } title ? $"{title} {number}" : null,
        _begun.AddMinutes(-number % 200),
        2 + (number % 4),
        2 + (number % 4) - (_random.Next(10) == 0 ? 1 : 0),
        [.. Enumerable.Range(0, 2 + (number % 2)).Select(which => Language.Parse(Languages[(number + which) % Languages.Length]))],
        IsEnding: false);

    TimeSpan LagOf(ReportedCall call) => TimeSpan.FromMilliseconds(IsTroubled(call, 211) ? 2_600 : _random.Next(700));

    long LostOf(ReportedCall call) => IsTroubled(call, 97) ? 12 : 0;

    bool IsTroubled(ReportedCall call, int every) => _isBusy && int.Parse(call.Call.Value[^4..], System.Globalization.CultureInfo.InvariantCulture) % every == 3;

    ProcessFigures Process(string name, ProcessKind kind) => new(
        name, kind, $"made-up-{name}", "local", null, null, $"host-{name}", 4_242, _begun.AddHours(-31), ProcessState.Alive, null, new ProcessLoad(4, 0, 0, 0, 0, 0, 0, 0, 0));

    /// <summary>Does nothing, and keeps what it was asked for.</summary>
    public sealed class MadeUpControl : IProcessControl
    {
        public int Drains { get; private set; }

        public Task Drain()
        {
            Drains++;
            return Task.CompletedTask;
        }

        public Task SetLogLevel(LogLevelOrder order) => Task.CompletedTask;

        public Task<ConnectionFigures?> Look(CallId call, ParticipantId participant) => Task.FromResult<ConnectionFigures?>(null);

        public Task<bool> Disconnect(CallId call, ParticipantId participant) => Task.FromResult(false);
    }
}
