using System.Text.Json.Nodes;
using VoiceGrains.Calls;
using VoiceGrains.Operations;
using VoiceGrains.Participants;

namespace VoiceGrains.Gateway.Ops;

/// <summary>
/// One call, or one participant of it, as the page shows them. Their grains are asked while somebody looks, and of a call no more than <see cref="MostPeople"/> participants.
/// </summary>
sealed class CallView(IClusterClient grains, FiguresFeed feed, TimeProvider time)
{
    public const int MostPeople = 50;
    static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(2);

    /// <summary>A call with a part of its participants. Null: there is no such call.</summary>
    public async Task<JsonObject?> Call(CallId call, int skip)
    {
        if (await grains.GetGrain<ICallGrain>(call.Value).Describe().WaitAsync(CallLimit, time) is not { } description)
            return null;
        var shown = description.Roster.OrderByDescending(static entry => entry.IsConnected).ThenBy(static entry => entry.Participant.Value, StringComparer.Ordinal)
            .Skip(Math.Max(0, skip)).Take(MostPeople).ToList();
        var people = await Task.WhenAll(shown.Select(entry => PersonOf(call, entry)));
        var rows = new JsonObject();
        foreach (var (id, row) in people)
            rows[id] = row;
        var view = Head(description);
        view["order"] = string.Join(' ', people.Select(static person => person.Id));
        view["people"] = rows;
        return view;
    }

    /// <summary>A participant. Null: the call has no such participant.</summary>
    public async Task<JsonObject?> Participant(CallId call, ParticipantId participant)
    {
        if (await grains.GetGrain<ICallGrain>(call.Value).Describe().WaitAsync(CallLimit, time) is not { } description
            || description.Roster.FirstOrDefault(entry => entry.Participant == participant) is not { } entry)
            return null;
        var view = Head(description);
        view["person"] = RowOf(entry);
        if (await Looked(call, participant) is not { } details)
            return view;
        view["details"] = ParticipantView.Of(details);
        if (await Connection(call, participant, details.Gateway) is { } connection)
            view["connection"] = ParticipantView.Of(connection);
        return view;
    }

    /// <summary>The process behind a gateway's link; null: it is not known.</summary>
    public static ProcessFigures? GatewayOf(ClusterFigures? figures, GatewayId? link) => link is { } known
        ? figures?.Processes.FirstOrDefault(process => process.Process.Kind == ProcessKind.Gateway && process.Process.Instance == known.Value.Split('.')[0])?.Process
        : null;

    /// <summary>What the participant's grain says; null: it does not answer now.</summary>
    public async Task<ParticipantDetails?> Looked(CallId call, ParticipantId participant)
    {
        try
        {
            return await grains.GetGrain<IParticipantGrain>(GrainKeys.Of(call, participant)).Look().WaitAsync(CallLimit, time);
        }
        catch (Exception)
        {
            // It is on its way to another silo, or its silo hangs: the rest is shown without it.
            return null;
        }
    }

    async Task<ConnectionFigures?> Connection(CallId call, ParticipantId participant, GatewayId? link)
    {
        if (GatewayOf(feed.Current.Figures, link) is not { } gateway)
            return null;
        try
        {
            return await grains.GetGrain<IClusterFiguresGrain>("cluster").Look(gateway.Instance, call, participant).WaitAsync(CallLimit, time);
        }
        catch (Exception)
        {
            // The gateway is gone, or hangs.
            return null;
        }
    }

    async Task<(string Id, JsonObject Row)> PersonOf(CallId call, RosterEntry entry)
    {
        var row = RowOf(entry);
        if (await Looked(call, entry.Participant) is not { } details)
            return ($"@{entry.Participant}", row);
        var ledger = details.Figures.Ledger;
        row["silo"] = details.Figures.Silo;
        row["speaking"] = details.IsSpeaking;
        row["segments"] = details.Figures.Segments;
        row["highest"] = ledger.Highest;
        row["lost"] = ledger.Lost;
        row["pending"] = ledger.Pending;
        row["lanes"] = string.Join(' ', details.Lanes.Select(static lane => lane.Language.Tag));
        row["lag"] = details.Lanes.IsEmpty ? 0 : Math.Round(details.Lanes.Max(static lane => lane.Lag.TotalSeconds), 1);
        row["fallback"] = details.Recognizer.IsFallback || details.Lanes.Any(static lane => lane.Translator.IsFallback || lane.Synthesizer.IsFallback);
        return ($"@{entry.Participant}", row);
    }

    JsonObject Head(CallDescription call)
    {
        var head = new JsonObject
        {
            ["call"] = call.Call.Value,
            ["title"] = call.Title ?? "",
            ["tenant"] = call.Tenant.Value,
            ["silo"] = call.Silo,
            ["status"] = call.Status == CallStatus.Open ? "open" : "ended",
            ["opened"] = call.OpenedAt.ToUnixTimeMilliseconds(),
            ["partial"] = call.IsPartial,
            ["participants"] = call.Roster.Length,
            ["connected"] = call.Roster.Count(static entry => entry.IsConnected),
        };
        if (call.EndedAt is { } ended)
            head["ended"] = ended.ToUnixTimeMilliseconds();
        // What is shown here is as new as this answer.
        head["at"] = time.GetUtcNow().ToUnixTimeMilliseconds();
        return head;
    }

    static JsonObject RowOf(RosterEntry entry) => new()
    {
        ["name"] = entry.Name,
        ["language"] = entry.Language.Tag,
        ["connected"] = entry.IsConnected,
        ["muted"] = entry.IsMuted,
        ["maySpeak"] = entry.MaySpeak,
        ["epoch"] = entry.Epoch,
    };
}
