using System.Collections.Frozen;
using System.Net;
using Orleans.Runtime;

namespace Orleans.Cluster;

/// <summary>One silo as its row says.</summary>
/// <param name="LeaseLeft">By the database's clock when the row was read; negative: expired.</param>
/// <param name="Activations">How many grains it held at its last renewal.</param>
sealed record Member(int Generation, string Name, IPEndPoint Endpoint, SiloStatus Status, TimeSpan LeaseLeft, int Activations)
{
    internal SiloAddress Address => new(Endpoint, Generation);
}

/// <summary>The silos at one moment. A silo that left is missing; one that was declared dead is there, as dead.</summary>
sealed class ClusterView(IEnumerable<Member> members)
{
    readonly FrozenDictionary<int, Member> _members = members.ToFrozenDictionary(static member => member.Generation);

    internal static ClusterView Empty { get; } = new([]);

    internal IEnumerable<Member> All => _members.Values;

    internal IEnumerable<Member> Alive => All.Where(static member => member.Status is SiloStatus.Active or SiloStatus.ShuttingDown);

    internal Member? Find(int generation) => _members.GetValueOrDefault(generation);

    internal bool IsAlive(int generation) => Find(generation) is { Status: SiloStatus.Active or SiloStatus.ShuttingDown };

    internal bool IsDead(int generation) => Find(generation) is { Status: SiloStatus.Dead };

    /// <summary>The same, with one silo dead.</summary>
    internal ClusterView WithDead(int generation) =>
        new(All.Select(member => member.Generation == generation ? member with { Status = SiloStatus.Dead } : member));

    internal ClusterView Without(int generation) => new(All.Where(member => member.Generation != generation));
}
