using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using VoiceGrains.Operations;

namespace VoiceGrains.Engines.Health;

/// <summary>
/// What this silo knows of vendors' engines: what happens with one is told to the cluster's breaker, failures at once and successes each second, and its answer
/// counts. Engines on this machine are always tried: they are started anew for each piece of work.
/// </summary>
public sealed class EngineHealth(IGrainFactory grains, TimeProvider time) : BackgroundService, IEngineHealth
{
    static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<IEngine, SharedHealth> _vendors = new();
    readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public bool MayTry(IEngine engine) => Of(engine)?.MayTry() ?? true;

    public void Succeeded(IEngine engine) => Of(engine)?.Succeeded();

    public void Failed(IEngine engine, EngineFaultException fault) => Of(engine)?.Failed(fault);

    /// <summary>Every engine of this silo and what is known of its breaker. One that was never used has one from now on: an operator may want to open it.</summary>
    public IEnumerable<EngineFigures> Describe(EngineSet engines) =>
    [
        .. engines.Recognizers.Select((engine, place) => Figures(engine, place)),
        .. engines.Translators.Select((engine, place) => Figures(engine, place)),
        .. engines.Synthesizers.Select((engine, place) => Figures(engine, place)),
    ];

    EngineFigures Figures(IEngine engine, int place)
    {
        if (Of(engine) is not { } health)
            return new EngineFigures(StageOf(engine), engine.Name, null, null, place + 1, BreakerState.Closed, null, TimeSpan.Zero, IsHeld: false, 0, 1);
        var (status, failures) = health.Look();
        return new EngineFigures(
            StageOf(engine), engine.Name, engine.Endpoint, KeyOf(engine), place + 1, status.State, status.Reason, status.OpenFor, status.IsHeld, failures, 1);
    }

    static string StageOf(IEngine engine) => engine switch { IRecognizer => "recognizer", ITranslator => "translator", _ => "synthesizer" };

    /// <summary>The grain's key for an engine.</summary>
    internal static string KeyOf(IEngine engine) => $"{StageOf(engine)}/{engine.Name}/{engine.Endpoint}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            using var soon = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var due = Task.Delay(ReportEvery, time, soon.Token);
            await Task.WhenAny(_news.Reader.WaitToReadAsync(soon.Token).AsTask(), due);
            await soon.CancelAsync();
            _news.Reader.TryRead(out _);
            await Task.WhenAll(_vendors.Values.Select(static health => health.Report()));
        }
    }

    SharedHealth? Of(IEngine engine) => engine.Endpoint is null
        ? null
        : _vendors.GetOrAdd(engine, _ => new SharedHealth(grains.GetGrain<IEngineHealthGrain>(KeyOf(engine)), time, () => _news.Writer.TryWrite(true)));
}
