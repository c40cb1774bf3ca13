using System.Text.Json.Nodes;

namespace VoiceGrains.Gateway.Ops;

/// <summary>The hour behind the charts: what the cluster had, and for each process what it used.</summary>
static class HistoryView
{
    /// <summary>Points from a slot on; 0: all.</summary>
    public static JsonObject Of(HistoryRing.Hour hour, long from)
    {
        var cluster = new JsonArray();
        foreach (var point in hour.Cluster.Where(point => point.Slot >= from))
        {
            cluster.Add(new JsonArray(
                point.Slot,
                Math.Round(100 * point.Cpu),
                Math.Round(point.Memory / 1_048_576),
                Math.Round(point.Calls),
                Math.Round(point.People),
                Math.Round(point.Frames),
                Math.Round(point.Segments, 1)));
        }

        var processes = new JsonObject();
        foreach (var (instance, points) in hour.Processes)
        {
            var rows = new JsonArray();
            foreach (var point in points.Where(point => point.Slot >= from))
                rows.Add(new JsonArray(point.Slot, Math.Round(100 * point.Cpu), Math.Round(point.People)));
            if (rows.Count > 0)
                processes[instance] = rows;
        }

        return new JsonObject { ["slotSeconds"] = HistoryRing.Slot.TotalSeconds, ["points"] = HistoryRing.Points, ["cluster"] = cluster, ["processes"] = processes };
    }
}
