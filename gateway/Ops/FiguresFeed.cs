using VoiceGrains.Operations;

namespace VoiceGrains.Gateway.Ops;

/// <summary>
/// The cluster's figures at this gateway: asked for once a second while somebody looks, whoever many do, and else every 10 s for the hour that the charts show.
/// The hour is kept here and not in the grain, because it must outlive the silo that the grain is on: when that dies is when it is looked at. A gateway that was started
/// a moment ago begins with nothing, and says so. Thread-safe.
/// </summary>
sealed class FiguresFeed(IClusterClient grains, OpsAccess access, TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(2);

    readonly Lock _gate = new();
    readonly ProcessMemory _memory = new(time);
    readonly SemaphoreSlim _watched = new(0, 1);
    TaskCompletionSource<FeedState> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _watchers;

    /// <summary>What is known now.</summary>
    public FeedState Current { get; private set; } = new(null, default, 0);

    public HistoryRing History { get; } = new();

    /// <summary>Keeps the figures fresh until it is disposed.</summary>
    public IDisposable Watch()
    {
        lock (_gate)
        {
            if (++_watchers == 1 && _watched.CurrentCount == 0)
                _watched.Release();
        }

        return new Watching(this);
    }

    /// <summary>What is known, no older than two seconds, unless the cluster does not answer.</summary>
    public async Task<FeedState> Fresh(CancellationToken cancellationToken)
    {
        var next = Next();
        if (time.GetUtcNow() - Current.At <= Every * 2)
            return Current;
        using var watching = Watch();
        await Task.WhenAny(next, Task.Delay(CallLimit, time, cancellationToken));
        return Current;
    }

    /// <summary>Completes with the next figures, or when it was tried in vain to get them.</summary>
    public Task<FeedState> Next()
    {
        lock (_gate)
            return _next.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nobody can ever look.
        if (!access.IsOn)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            var state = await AskOnce(stoppingToken);
            TaskCompletionSource<FeedState> told;
            bool isWatched;
            lock (_gate)
            {
                Current = state;
                (told, _next) = (_next, new TaskCompletionSource<FeedState>(TaskCreationOptions.RunContinuationsAsynchronously));
                isWatched = _watchers > 0;
            }

            told.TrySetResult(state);
            if (isWatched)
                await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            else
                await WaitForWatcher(stoppingToken);
        }
    }

    async Task WaitForWatcher(CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(HistoryRing.Slot, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            await _watched.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // Time for the next point of the charts.
        }
    }

    async Task<FeedState> AskOnce(CancellationToken stopping)
    {
        try
        {
            var figures = _memory.Complete(await grains.GetGrain<IClusterFiguresGrain>("cluster").Describe().WaitAsync(CallLimit, time, stopping));
            History.Take(figures);
            return new FeedState(figures, time.GetUtcNow(), Current.Number + 1);
        }
        catch (Exception)
        {
            // The grain is on its way to another silo, or the cluster can't be reached: what was known stands, and whoever looks sees how old it is.
            return Current;
        }
    }

    sealed class Watching(FiguresFeed feed) : IDisposable
    {
        int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 1)
                return;
            lock (feed._gate)
                feed._watchers--;
        }
    }
}

/// <summary>The figures and when they came.</summary>
/// <param name="Figures">Null: none ever came.</param>
/// <param name="Number">Grows by one with each that come.</param>
sealed record FeedState(ClusterFigures? Figures, DateTimeOffset At, long Number);
