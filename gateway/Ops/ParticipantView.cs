using System.Text.Json.Nodes;
using VoiceGrains.Operations;
using VoiceGrains.Participants;

namespace VoiceGrains.Gateway.Ops;

/// <summary>What a participant's grain and gateway say, as the page shows it.</summary>
static class ParticipantView
{
    public static JsonObject Of(ParticipantDetails details)
    {
        var (figures, ledger) = (details.Figures, details.Figures.Ledger);
        var lanes = new JsonObject();
        foreach (var lane in details.Lanes)
            lanes[lane.Language.Tag] = Of(lane);
        var view = new JsonObject
        {
            ["silo"] = figures.Silo,
            ["speaking"] = details.IsSpeaking,
            ["heard"] = Math.Round(details.Heard.TotalSeconds, 1),
            ["covered"] = details.Marks.Covered,
            ["recorded"] = details.Marks.Recorded,
            ["uncommitted"] = details.Uncommitted,
            ["segments"] = figures.Segments,
            ["translations"] = figures.Translations,
            ["drafts"] = figures.Drafts,
            ["syntheses"] = figures.Syntheses,
            ["ledger"] = new JsonObject
            {
                ["highest"] = ledger.Highest,
                ["recognized"] = ledger.Recognized,
                ["unrecognized"] = ledger.Unrecognized,
                ["silence"] = ledger.Silence,
                ["lost"] = ledger.Lost,
                ["pending"] = ledger.Pending,
                ["duplicates"] = ledger.Duplicates,
                ["repeats"] = ledger.Repeats,
                ["balanced"] = ledger.IsBalanced,
            },
            ["recognizer"] = Of(details.Recognizer),
            ["lanes"] = lanes,
        };
        if (details.Fence is { } fence)
            (view["epoch"], view["attach"]) = (fence.Epoch, fence.Attach);
        return view;
    }

    public static JsonObject Of(ConnectionFigures connection) => new()
    {
        ["gateway"] = connection.Gateway,
        ["epoch"] = connection.Epoch,
        ["kept"] = connection.Kept,
        ["keptSeconds"] = Math.Round(connection.KeptAudio.TotalSeconds, 1),
        ["toSend"] = connection.ToSend,
        ["nextNumber"] = connection.NextNumber,
        ["waitingMessages"] = connection.WaitingMessages,
        ["waitingAudio"] = connection.WaitingAudio,
        ["droppedAudio"] = connection.DroppedAudio,
    };

    static JsonObject Of(LaneDetails lane) => new()
    {
        ["waiting"] = lane.Waiting,
        ["lag"] = Math.Round(lane.Lag.TotalSeconds, 1),
        ["speaking"] = lane.Speaking,
        ["unplayed"] = Math.Round(lane.Unplayed.TotalSeconds, 1),
        ["translator"] = Of(lane.Translator),
        ["synthesizer"] = Of(lane.Synthesizer),
    };

    static JsonObject Of(EngineInUse engine)
    {
        var view = new JsonObject { ["fallback"] = engine.IsFallback };
        if (engine.Name is { } name)
            view["name"] = name;
        if (engine.First is { } first)
            view["first"] = first;
        return view;
    }
}
