using System.Security.Cryptography;
using Orleans.Runtime;

namespace Orleans.Cluster;

/// <summary>Chooses the silo for a grain that lives nowhere: any of two active ones, or the emptier one when the difference is plain.</summary>
static class Placement
{
    // Counts are up to 500 ms old, so small differences mean nothing.
    const int PlainDifference = 20;

    /// <summary>A silo that takes activations; null: there is none.</summary>
    /// <param name="except">A silo that is not to be chosen; 0: none.</param>
    internal static Member? Choose(ClusterView view, int except)
    {
        Member[] active = [.. Active(view.Without(except))];
        if (active.Length == 0)
            return null;
        var one = active[RandomNumberGenerator.GetInt32(active.Length)];
        var other = active[RandomNumberGenerator.GetInt32(active.Length)];
        return one.Activations > other.Activations + PlainDifference ? other : one;
    }

    /// <summary>The silo that a process without a directory asks: the same for each call to a grain, so that calls stay in order.</summary>
    internal static Member? Entry(ClusterView view, GrainId grain)
    {
        Member[] active = [.. Active(view).OrderBy(static member => member.Generation)];
        return active.Length == 0 ? null : active[(grain.GetHashCode() & int.MaxValue) % active.Length];
    }

    // A silo that has not renewed its lease for a while may hang: it gets nothing new as long as there are others.
    static IEnumerable<Member> Active(ClusterView view)
    {
        Member[] active = [.. view.All.Where(static member => member.Status == SiloStatus.Active)];
        Member[] sound = [.. active.Where(static member => member.LeaseLeft > Lease.Length / 2)];
        return sound.Length > 0 ? sound : active;
    }
}
