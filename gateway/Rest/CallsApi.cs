using Microsoft.AspNetCore.Mvc;
using VoiceGrains.Calls;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Participants;
using VoiceGrains.Tenants;

namespace VoiceGrains.Gateway.Rest;

/// <summary>Calls over HTTP: open, list, describe, end, tickets.</summary>
static class CallsApi
{
    static readonly TimeSpan MovePatience = TimeSpan.FromSeconds(2);

    public static void MapCalls(this IEndpointRouteBuilder app)
    {
        var calls = app.MapGroup("/v1/calls").WithTags("Calls").AddEndpointFilter<ApiKeyFilter>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized);
        calls.MapPost("", Open).WithSummary("Opens a call.").Produces<CallResource>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status429TooManyRequests);
        calls.MapGet("", List).WithSummary("Lists running calls.").Produces<CallList>();
        calls.MapGet("{call}", Describe).WithSummary("Describes a call.").Produces<CallResource>().ProducesProblem(StatusCodes.Status404NotFound);
        calls.MapDelete("{call}", End).WithSummary("Ends a call for everybody.").Produces(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound);
        calls.MapPost("{call}/tickets", Ticket).WithSummary("Makes a join ticket.").Produces<TicketResource>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        calls.MapGet("{call}/participants/{participant}", Figures).WithSummary("Figures of a participant, with the frame ledger.").Produces<FiguresResource>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        calls.MapPost("{call}/participants/{participant}/move", Move).WithSummary("Moves a participant to another silo while they talk.")
            .Produces(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> Open(OpenCall? body, HttpContext context, IClusterClient grains, GatewayOptions options)
    {
        body ??= new OpenCall();
        if (body.Title is { Length: > 200 } || (body.Title is not null && PlainText.HasHidden(body.Title)))
            return Problems.BadRequest("bad-title", "'title' may have 200 characters, without control characters.");
        if (body.MaxParticipants is < 1 or > 1_000)
            return Problems.BadRequest("bad-max-participants", "'maxParticipants' must be from 1 to 1,000.");
        if (body.AbsenceSeconds is < 1 or > 3_600)
            return Problems.BadRequest("bad-absence-seconds", "'absenceSeconds' must be from 1 to 3,600.");
        if (body.EmptySeconds is < 1 or > 86_400)
            return Problems.BadRequest("bad-empty-seconds", "'emptySeconds' must be from 1 to 86,400.");
        if (TermsReader.Read(body, out var terms) is { } problem)
            return problem;

        var usual = CallSettings.For(ApiKeyFilter.TenantOf(context));
        var settings = usual with
        {
            Title = body.Title,
            MaxParticipants = body.MaxParticipants ?? usual.MaxParticipants,
            AbsenceLimit = body.AbsenceSeconds is { } absence ? TimeSpan.FromSeconds(absence) : usual.AbsenceLimit,
            EmptyLimit = body.EmptySeconds is { } empty ? TimeSpan.FromSeconds(empty) : usual.EmptyLimit,
            Terms = terms,
        };
        var call = CallId.New(options.Region);
        var grain = grains.GetGrain<ICallGrain>(call.Value);
        if (await grain.Open(settings) == OpenOutcome.TenantIsFull)
            return Problems.Of(StatusCodes.Status429TooManyRequests, "too-many-calls", "The tenant has as many calls as Tenants:MaxCalls allows. End one first.");
        return TypedResults.Created($"/v1/calls/{call}", ResourceOf((await grain.Describe())!, terms));
    }

    static async Task<IResult> List(HttpContext context, IClusterClient grains, int skip = 0, int take = 100)
    {
        if (skip < 0 || take is < 1 or > 500)
            return Problems.BadRequest("bad-page", "'skip' must be 0 or more, 'take' from 1 to 500.");
        var page = await grains.GetGrain<ICallIndexGrain>(GrainKeys.Of(ApiKeyFilter.TenantOf(context))).List(skip, take);
        return TypedResults.Ok(new CallList(
            [.. page.Calls.Select(static call => new CallListEntry(
                call.Call.Value, call.Title, call.OpenedAt, call.Participants, [.. call.Languages.Select(static language => language.Tag)]))],
            page.Total));
    }

    static Task<IResult> Describe(string call, HttpContext context, IClusterClient grains) =>
        WithCall(call, context, grains, static async (grain, description) => TypedResults.Ok(ResourceOf(description, await grain.Terms())));

    static Task<IResult> End(string call, HttpContext context, IClusterClient grains) => WithCall(call, context, grains, static async (grain, _) =>
    {
        await grain.End(EndReason.Requested);
        return TypedResults.Accepted((string?)null);
    });

    static Task<IResult> Ticket(
        string call, [FromBody] AskTicket body, HttpContext context, IClusterClient grains, TicketSigner signer, TimeProvider time) =>
        WithCall(call, context, grains, async (_, description) =>
        {
            var (voice, problem) = await VoiceOfTicket.Read(body, description.Tenant, grains);
            return problem ?? MakeTicket(body, voice, description, context, signer, time);
        });

    static IResult MakeTicket(AskTicket body, VoiceOfTicket? voice, CallDescription call, HttpContext context, TicketSigner signer, TimeProvider time)
    {
        if (call.Status == CallStatus.Ended)
            return Problems.Of(StatusCodes.Status409Conflict, "call-ended", "The call is over. Open another with POST /v1/calls.");
        if (!ParticipantId.TryParse(body.Participant, out var participant))
            return Problems.BadRequest("bad-participant", "'participant' must be 1 to 64 letters, digits, dashes, dots or underscores.");
        if (!Language.TryParse(body.Language, out var language))
            return Problems.BadRequest("bad-language", "'language' is no language tag. Use BCP 47, for example en, pt-BR or zh-Hant.");
        var name = PlainText.OneLine(body.Name ?? body.Participant);
        if (!PlainText.IsName(name))
            return Problems.BadRequest("bad-name", PlainText.NameRule);
        if (RightNames.Read(body.Rights) is not { } rights)
            return Problems.BadRequest("bad-rights", "'rights' must hold speak, listen or both, and may hold transcript.");
        var longest = body.Once ? 60 : 86_400;
        var valid = body.ValidSeconds ?? (body.Once ? 60 : 3_600);
        if (valid < 10 || valid > longest)
            return Problems.BadRequest("bad-valid-seconds", $"'validSeconds' must be from 10 to {longest}.");

        var now = time.GetUtcNow();
        var ticket = new Ticket(
            TicketUse.Join,
            call.Tenant,
            call.Call,
            participant,
            name,
            language,
            rights,
            now,
            now + TimeSpan.FromSeconds(valid),
            OnceId: body.Once ? Guid.NewGuid().ToString("N") : null,
            Voice: voice?.Voice,
            Person: voice?.Person,
            MayChooseName: body.ChooseName);
        var request = context.Request;
        var socket = $"{(request.IsHttps ? "wss" : "ws")}://{request.Host}/v1/calls/{call.Call}/socket";
        return TypedResults.Created((string?)null, new TicketResource(signer.Sign(ticket), ticket.ExpiresAt, socket));
    }

    static Task<IResult> Figures(string call, string participant, HttpContext context, IClusterClient grains) =>
        WithParticipant(call, participant, context, grains, async found =>
        {
            var figures = await found.Describe();
            var ledger = figures.Ledger;
            return TypedResults.Ok(new FiguresResource(
                participant,
                figures.Silo,
                new LedgerResource(
                    ledger.Highest,
                    ledger.Recognized,
                    ledger.Unrecognized,
                    ledger.Silence,
                    ledger.Lost,
                    ledger.Pending,
                    ledger.Duplicates,
                    ledger.Repeats,
                    ledger.IsBalanced),
                figures.Segments,
                [.. figures.Lanes.Select(static lane => lane.Tag)],
                figures.Translations,
                figures.Syntheses,
                figures.Drafts));
        });

    static Task<IResult> Move(string call, string participant, HttpContext context, IClusterClient grains) =>
        WithParticipant(call, participant, context, grains, static async found =>
        {
            await found.Move(MovePatience);
            return TypedResults.Accepted((string?)null);
        });

    static Task<IResult> WithParticipant(
        string call, string participant, HttpContext context, IClusterClient grains, Func<IParticipantGrain, Task<IResult>> answer) =>
        WithCall(call, context, grains, async (_, description) =>
        {
            if (ParticipantId.TryParse(participant, out var id) && description.Roster.Any(entry => entry.Participant == id))
                return await answer(grains.GetGrain<IParticipantGrain>(GrainKeys.Of(description.Call, id)));
            return description.IsPartial
                ? Problems.Of(StatusCodes.Status503ServiceUnavailable, "call-recovering", "The call has just moved and does not know all participants yet. Ask again in a second.")
                : Problems.Of(StatusCodes.Status404NotFound, "participant-unknown", "The call has no such participant now.");
        });

    static async Task<IResult> WithCall(
        string call, HttpContext context, IClusterClient grains, Func<ICallGrain, CallDescription, Task<IResult>> answer)
    {
        if (!CallId.TryParse(call, out var id))
            return Problems.CallUnknown;
        var grain = grains.GetGrain<ICallGrain>(id.Value);
        return await grain.Describe() is { } description && description.Tenant == ApiKeyFilter.TenantOf(context)
            ? await answer(grain, description)
            : Problems.CallUnknown;
    }

    static CallResource ResourceOf(CallDescription call, CallTerms terms) => new(
        call.Call.Value,
        call.Silo,
        call.Title,
        call.Status == CallStatus.Open ? "open" : "ended",
        call.OpenedAt,
        call.EndedAt,
        TermsReader.RowsOf(terms),
        TermsReader.NameOf(terms.Formality),
        TermsReader.NameOf(terms.Interpreting),
        [.. call.Roster.Select(static entry => new ParticipantResource(
            entry.Participant.Value, entry.Name, entry.Language.Tag, entry.IsConnected, entry.IsMuted, entry.MaySpeak))]);
}
