using System.Text.Json.Nodes;

namespace VoiceGrains.Gateway.Ops;

/// <summary>The hour behind the charts: for the cluster the sums of what its processes had, for each process what it used.</summary>
static class HistoryView
{
    /// <summary>Points from a slot on; 0: all.</summary>
    public static JsonObject Of(IReadOnlyDictionary<string, IReadOnlyList<HistoryRing.Point>> points, long from)
    {
        var processes = new JsonObject();
        var sums = new SortedDictionary<long, double[]>();
        foreach (var (instance, all) in points)
        {
            var rows = new JsonArray();
            foreach (var point in all.Where(point => point.Slot >= from))
            {
                rows.Add(new JsonArray(point.Slot, Math.Round(100 * point.Cpu), Math.Round(point.People)));
                Sum(sums, point);
            }

            if (rows.Count > 0)
                processes[instance] = rows;
        }

        var cluster = new JsonArray();
        foreach (var (slot, sum) in sums)
            cluster.Add(new JsonArray(slot, Math.Round(100 * sum[0] / sum[6]), Math.Round(sum[1] / 1_048_576), Math.Round(sum[2]), Math.Round(sum[3]), Math.Round(sum[4]), Math.Round(sum[5], 1)));
        return new JsonObject { ["slotSeconds"] = HistoryRing.Slot.TotalSeconds, ["points"] = HistoryRing.Points, ["cluster"] = cluster, ["processes"] = processes };
    }

    static void Sum(SortedDictionary<long, double[]> sums, HistoryRing.Point point)
    {
        if (!sums.TryGetValue(point.Slot, out var sum))
            sums[point.Slot] = sum = new double[7];
        sum[0] += point.Cpu;
        sum[1] += point.Memory;
        sum[6]++;
        // A gateway has connections to the same calls.
        if (!point.IsSilo)
            return;
        sum[2] += point.Calls;
        sum[3] += point.People;
        sum[4] += point.Frames;
        sum[5] += point.Segments;
    }
}
