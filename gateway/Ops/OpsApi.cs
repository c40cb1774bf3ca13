using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using VoiceGrains.Gateway.Hosting;
using VoiceGrains.Gateway.Rest;
using VoiceGrains.Operations;

namespace VoiceGrains.Gateway.Ops;

/// <summary>What stands under <c>/ops</c>, behind the <see cref="OpsGate"/>: figures, the stream, actions, the audit. The pages are plain files.</summary>
static class OpsApi
{
    const int MostAudited = 200;

    public static void MapOps(this IEndpointRouteBuilder app)
    {
        app.MapOpsLogin();
        app.MapGet("/ops/stream", static (HttpContext context, OpsStream stream) => stream.Open(context, OpsGate.SessionOfRequest(context))).ExcludeFromDescription();
        var api = app.MapGroup("/ops/api").ExcludeFromDescription();
        api.MapGet("session", Session);
        api.MapGet("cluster", Cluster);
        api.MapGet("audit", Audit);
        api.MapPost("calls/{call}/end", static (string call, HttpContext context, OpsActions actions) => actions.EndCall(context, call));
        api.MapPost("calls/{call}/participants/{participant}/disconnect", static (string call, string participant, HttpContext context, OpsActions actions) =>
            actions.Disconnect(context, call, participant));
        api.MapPost("calls/{call}/participants/{participant}/move", static (string call, string participant, HttpContext context, OpsActions actions) =>
            actions.Move(context, call, participant));
        api.MapPost("silos/{name}/drain", static (string name, HttpContext context, OpsActions actions) => actions.Drain(context, ProcessKind.Silo, name));
        api.MapPost("gateways/{name}/drain", static (string name, HttpContext context, OpsActions actions) => actions.Drain(context, ProcessKind.Gateway, name));
        api.MapPost("silos/{name}/log-level", static (string name, [FromBody] AskLogLevel body, HttpContext context, OpsActions actions) =>
            actions.SetLogLevel(context, ProcessKind.Silo, name, body));
        api.MapPost("gateways/{name}/log-level", static (string name, [FromBody] AskLogLevel body, HttpContext context, OpsActions actions) =>
            actions.SetLogLevel(context, ProcessKind.Gateway, name, body));
        api.MapPost("breakers", static ([FromBody] AskBreaker body, HttpContext context, OpsActions actions) => actions.SetBreaker(context, body));
    }

    static IResult Session(HttpContext context, OpsOptions options)
    {
        var session = OpsGate.SessionOfRequest(context);
        return TypedResults.Ok(new { session = session.Id, expiresAt = session.ExpiresAt, runtimeDashboard = GrainClientHosting.RuntimeDashboard(options) });
    }

    static async Task<IResult> Cluster(HttpContext context, IClusterClient grains, FiguresFeed feed)
    {
        if (CallQueries.Read(context.Request.Query) is not { } query)
            return Problems.BadRequest("bad-query", "'order', 'descending', 'skip' or 'take' is wrong; see docs/operations.md.");
        if (await feed.Fresh(context.RequestAborted) is not { Figures: not null } state)
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "no-figures", "The cluster has not answered yet. Ask again in a second.");
        return TypedResults.Text(ClusterView.Of(state, await grains.GetGrain<IClusterFiguresGrain>("cluster").ListCalls(query)).ToJsonString(), "application/json");
    }

    static async Task<IResult> Audit(IClusterClient grains, string? below = null, int take = 50)
    {
        var limit = long.MaxValue;
        if (below is not null && !(long.TryParse(below, CultureInfo.InvariantCulture, out limit) && limit > 0))
            return Problems.BadRequest("bad-page", "'below' must be the number of an entry.");
        if (take is < 1 or > MostAudited)
            return Problems.BadRequest("bad-page", $"'take' must be from 1 to {MostAudited}.");
        var entries = await grains.GetGrain<IAuditGrain>("audit").List(limit, take);
        return TypedResults.Ok(new
        {
            entries = entries.Select(static entry => new
            {
                number = entry.Number,
                at = entry.At,
                who = entry.Action.Who,
                from = entry.Action.From,
                what = entry.Action.What,
                target = entry.Action.Target,
                result = entry.Result,
                endedAt = entry.EndedAt,
            }),
        });
    }
}

/// <summary>Asks for another log level.</summary>
/// <param name="Level"><c>debug</c>, <c>information</c>, <c>warning</c>, <c>error</c>; null: as the settings say, again.</param>
/// <param name="Minutes">After that it is as the settings say again; 1 to 1,440. Default: 15.</param>
sealed record AskLogLevel(string? Level, int Minutes = 15);

/// <summary>Asks for a breaker to be opened or closed.</summary>
/// <param name="Engine">The key of an engine, as the figures name it.</param>
/// <param name="State"><c>open</c> or <c>closed</c>.</param>
/// <param name="Minutes">How long it stays open; 1 to 1,440. Default: 15.</param>
sealed record AskBreaker(string Engine, string State, int Minutes = 15);
