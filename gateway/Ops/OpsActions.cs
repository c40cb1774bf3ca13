using VoiceGrains.Calls;
using VoiceGrains.Engines;
using VoiceGrains.Gateway.Rest;
using VoiceGrains.Operations;
using VoiceGrains.Participants;

namespace VoiceGrains.Gateway.Ops;

/// <summary>What operators may do. Each is written down before it is done, with what came of it; what can't be written down is not done.</summary>
sealed class OpsActions(IClusterClient grains, CallView calls, OpsAudit audit)
{
    const int MostMinutes = 1_440;
    static readonly TimeSpan MovePatience = TimeSpan.FromSeconds(2);

    public Task<IResult> EndCall(HttpContext context, string call) => WithCall(call, description => Act(context, "end-call", call, async () =>
    {
        if (description.Status == CallStatus.Ended)
            return new ActionOutcome("it was over already", "call-ended");
        await grains.GetGrain<ICallGrain>(call).End(EndReason.Requested);
        return new ActionOutcome("it ends: what was said is finished first");
    }));

    public Task<IResult> Move(HttpContext context, string call, string participant) => WithParticipant(call, participant, (_, id, target) => Act(context, "move", target, async () =>
    {
        if ((await Figures()).Processes.Count(static process => process is { State: ProcessState.Alive, Process.Kind: ProcessKind.Silo }) < 2)
            return new ActionOutcome("there is no other silo to go to", "last-silo");
        await grains.GetGrain<IParticipantGrain>(target).Move(MovePatience);
        return new ActionOutcome("they move at their next pause, within 2 s");
    }));

    public Task<IResult> Disconnect(HttpContext context, string call, string participant) => WithParticipant(call, participant, (description, id, target) =>
        Act(context, "disconnect", target, async () =>
        {
            var gateway = CallView.GatewayOf(await Figures(), (await calls.Looked(description.Call, id))?.Gateway);
            if (gateway is not null && await Processes.Disconnect(gateway.Instance, description.Call, id))
                return new ActionOutcome($"taken out of the call at {gateway.Name}");
            // A gateway that was not found would give them their place back.
            if (description.Roster.Any(entry => entry.Participant == id && entry.IsConnected))
                return new ActionOutcome("they are connected, but their gateway did not answer: try again", "outcome-unknown");
            await grains.GetGrain<ICallGrain>(call).Leave(id, int.MaxValue);
            return new ActionOutcome("their place was taken back; no connection of theirs was found");
        }));

    public async Task<IResult> Drain(HttpContext context, ProcessKind kind, string name)
    {
        if (Find(await Figures(), kind, name) is not { } process)
            return Unknown;
        return await Act(context, kind == ProcessKind.Silo ? "drain-silo" : "drain-gateway", name, async () => await Processes.Drain(process.Instance) switch
        {
            { Result: DrainResult.Gone } => Gone,
            { Result: DrainResult.LastSilo } => new ActionOutcome("it is the only silo: nobody could go on with its calls", "last-silo"),
            { Result: DrainResult.LastGateway } => new ActionOutcome("it is the only gateway: its clients could go nowhere", "last-gateway"),
            { Others: var others } => new ActionOutcome($"it drains: {others} {(others == 1 ? "other takes" : "others take")} over"),
        });
    }

    public async Task<IResult> SetLogLevel(HttpContext context, ProcessKind kind, string name, AskLogLevel body)
    {
        LogDetail? level = null;
        if (body.Level is { } text)
        {
            if (!(text.All(char.IsAsciiLetter) && Enum.TryParse<LogDetail>(text, ignoreCase: true, out var parsed)))
                return Problems.BadRequest("bad-level", "'level' must be debug, information, warning or error, or null for what the settings say.");
            level = parsed;
        }

        if (body.Minutes is < 1 or > MostMinutes)
            return BadMinutes;
        if (Find(await Figures(), kind, name) is not { } process)
            return Unknown;
        return await Act(context, "log-level", $"{name} {level?.ToString() ?? "as set"}", async () =>
        {
            if (!await Processes.SetLogLevel(process.Instance, new LogLevelOrder(level, TimeSpan.FromMinutes(body.Minutes))))
                return Gone;
            return new ActionOutcome(level is null ? "it logs as its settings say" : $"it logs at {level} for {body.Minutes} min");
        });
    }

    public async Task<IResult> SetBreaker(HttpContext context, AskBreaker body)
    {
        if (body.State is not ("open" or "closed"))
            return Problems.BadRequest("bad-state", "'state' must be open or closed.");
        if (body.Minutes is < 1 or > MostMinutes)
            return BadMinutes;
        var engines = (await Figures()).Engines;
        if (!engines.Any(engine => engine.Key is { } key && key == body.Engine))
            return Problems.Of(StatusCodes.Status404NotFound, "engine-unknown", "There is no engine of this key with a breaker. Engines on the silos themselves have none.");
        return await Act(context, body.State == "open" ? "open-breaker" : "close-breaker", body.Engine, async () =>
        {
            var status = await grains.GetGrain<IEngineHealthGrain>(body.Engine).Order(new BreakerOrder(body.State == "open" ? TimeSpan.FromMinutes(body.Minutes) : null));
            return new ActionOutcome(status.State == BreakerState.Open ? $"open for {body.Minutes} min; silos know within 5 s" : "closed; silos know within 5 s");
        });
    }

    static IResult Unknown => Problems.Of(StatusCodes.Status404NotFound, "process-unknown", "No process of this name is alive.");

    static IResult BadMinutes => Problems.BadRequest("bad-minutes", $"'minutes' must be from 1 to {MostMinutes}.");

    static ProcessFigures? Find(ClusterFigures figures, ProcessKind kind, string name) => figures.Processes
        .Where(process => process.Process.Kind == kind && process.Process.Name == name && process.IsThere)
        .Select(static process => process.Process).MaxBy(static process => process.StartedAt);

    static ActionOutcome Gone => new("it was gone before", "process-gone");

    IClusterFiguresGrain Processes => grains.GetGrain<IClusterFiguresGrain>("cluster");

    Task<ClusterFigures> Figures() => Processes.Describe();

    async Task<IResult> Act(HttpContext context, string what, string target, Func<Task<ActionOutcome>> act)
    {
        var outcome = await audit.Act(OpsGate.SessionOfRequest(context), context, what, target, act);
        return outcome.Refusal switch
        {
            null => TypedResults.Ok(new { result = outcome.Result }),
            "audit-unavailable" => Problems.Of(StatusCodes.Status503ServiceUnavailable, outcome.Refusal, outcome.Result),
            "outcome-unknown" => Problems.Of(StatusCodes.Status504GatewayTimeout, outcome.Refusal, outcome.Result),
            var code => Problems.Of(StatusCodes.Status409Conflict, code, outcome.Result),
        };
    }

    async Task<IResult> WithCall(string call, Func<CallDescription, Task<IResult>> answer) =>
        CallId.TryParse(call, out var id) && await grains.GetGrain<ICallGrain>(id.Value).Describe() is { } description
            ? await answer(description)
            : Problems.Of(StatusCodes.Status404NotFound, "call-unknown", "There is no such call.");

    Task<IResult> WithParticipant(string call, string participant, Func<CallDescription, ParticipantId, string, Task<IResult>> answer) => WithCall(call, async description =>
        ParticipantId.TryParse(participant, out var id) && description.Roster.Any(entry => entry.Participant == id)
            ? await answer(description, id, GrainKeys.Of(description.Call, id))
            : Problems.Of(StatusCodes.Status404NotFound, "participant-unknown", "The call has no such participant now."));
}
