using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using VoiceGrains.Gateway.Rest;
using VoiceGrains.Operations;

namespace VoiceGrains.Gateway.Ops;

/// <summary>
/// What an operator looks at, as server-sent events: <c>snapshot</c> first, then a <c>delta</c> each second, which is a merge patch (<see cref="MergePatch"/>) and may be empty. For the
/// cluster also <c>history</c> and, each 10 s, <c>points</c>. Each delta is made against what was written last: a slow reader gets fewer, never a queue of them.
/// </summary>
sealed class OpsStream(FiguresFeed feed, CallView calls, IClusterClient grains, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public const int MostStreams = 64;
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(2);
    static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(1);

    int _streams;

    public IResult Open(HttpContext context, OpsSession session)
    {
        if (ViewOf(context.Request.Query) is not { } view)
            return Problems.BadRequest("bad-view", "'view' must be cluster, call with 'call', or participant with 'call' and 'participant'; see docs/operations.md.");
        if (Volatile.Read(ref _streams) >= MostStreams)
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "too-many-streams", $"This gateway serves {MostStreams} streams of the dashboard already.");
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(Events(view, session, context.RequestAborted));
    }

    async IAsyncEnumerable<SseItem<string>> Events(View view, OpsSession session, [EnumeratorCancellation] CancellationToken aborted)
    {
        Interlocked.Increment(ref _streams);
        using var watching = feed.Watch();
        // A gateway that stops must not wait for whoever looks at it.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        var (sent, number, slot) = ((JsonObject?)null, 0L, 0L);
        try
        {
            await feed.Fresh(over.Token);
            while (!over.IsCancellationRequested)
            {
                if (time.GetUtcNow() >= session.ExpiresAt)
                {
                    yield return Item("expired", "{}", ++number);
                    yield break;
                }

                var started = time.GetTimestamp();
                var now = await Try(view.Answer, feed.Current);
                yield return sent is null ? Item("snapshot", now?.ToJsonString() ?? "{}", ++number) : Item("delta", PatchOf(sent, now), ++number);
                sent = now ?? sent;
                if (view.HasHistory && feed.History.Read() is var hour && hour.OpenSlot != slot)
                {
                    yield return Item(slot == 0 ? "history" : "points", HistoryView.Of(hour, slot).ToJsonString(), ++number);
                    slot = hour.OpenSlot;
                }

                await Next(started, over.Token);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _streams);
        }
    }

    static string PatchOf(JsonObject sent, JsonObject? now) => (now is null ? null : MergePatch.Between(sent, now))?.ToJsonString() ?? "{}";

    static SseItem<string> Item(string kind, string data, long number) =>
        new(data, kind) { EventId = number.ToString(CultureInfo.InvariantCulture), ReconnectionInterval = number == 1 ? ComeBackAfter : null };

    // At the pace of the feed, so that what is sent is fresh; without the feed, at its own.
    async Task Next(long started, CancellationToken cancellationToken)
    {
        await Task.WhenAny(feed.Next(), Task.Delay(Every + (Every / 2), time, cancellationToken));
        var early = (Every / 2) - time.GetElapsedTime(started);
        if (early > TimeSpan.Zero)
            await Task.Delay(early, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    static async Task<JsonObject?> Try(Func<FeedState, Task<JsonObject?>> view, FeedState state)
    {
        try
        {
            return await view(state);
        }
        catch (Exception)
        {
            // Somebody did not answer in time: what was sent stands, and the page sees how old it is.
            return null;
        }
    }

    View? ViewOf(IQueryCollection query)
    {
        switch (query["view"].ToString())
        {
            case "cluster" when CallQueries.Read(query) is { } asked:
                return new View(state => Cluster(state, asked), HasHistory: true);
            case "call" when CallId.TryParse(query["call"], out var call):
                var skip = int.TryParse(query["skip"], CultureInfo.InvariantCulture, out var given) ? given : 0;
                return new View(async _ => await calls.Call(call, skip) ?? Nothing(), HasHistory: false);
            case "participant" when CallId.TryParse(query["call"], out var call) && ParticipantId.TryParse(query["participant"], out var participant):
                return new View(async _ => await calls.Participant(call, participant) ?? Nothing(), HasHistory: false);
            default:
                return null;
        }
    }

    async Task<JsonObject?> Cluster(FeedState state, CallQuery query) => state.Figures is null
        ? null
        : ClusterView.Of(state, await grains.GetGrain<IClusterFiguresGrain>("cluster").ListCalls(query).WaitAsync(CallLimit, time));

    // That there is none is an answer too.
    JsonObject Nothing() => new() { ["missing"] = true, ["at"] = time.GetUtcNow().ToUnixTimeMilliseconds() };

    /// <summary>What somebody looks at.</summary>
    /// <param name="Answer">As it is now; null: nobody knows yet.</param>
    sealed record View(Func<FeedState, Task<JsonObject?>> Answer, bool HasHistory);
}
