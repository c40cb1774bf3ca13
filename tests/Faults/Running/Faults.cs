using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Faults.Running;

/// <summary>All ways in which things break.</summary>
static class Faults
{
    static readonly TimeSpan Usual = TimeSpan.FromSeconds(3.3);
    static readonly TimeSpan Hang = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Away = TimeSpan.FromSeconds(5);

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("none", 6, static scene => Task.FromResult(Strike.On(scene.Clock.Now, scene.Everybody)), Usual),
        new("silo-kill", 40, KillSilo, Usual),
        new("gateway-kill", 30, KillGateway, Usual),
        new("both", 20, KillBoth, Usual, IsDouble: true),
        new("two-silos", 20, KillTwoSilos, Usual, IsDouble: true),
        new("silo-hang", 18, HangSilo, Usual),
        new("postgres-restart", 14, RestartPostgres, Usual),
        new("client-drop", 14, DropClients, Usual),
        new("drain", 18, static async scene => await Stop(scene, await FullestSilo(scene)), Usual),
        new("gateway-drain", 14, static scene => Stop(scene, AnyGateway(scene)), Usual),
        new("rolling-restart", 6, RestartAll, TimeSpan.FromSeconds(20)),
    ];

    /// <summary>Which fault each seed gets: each one first, then each as often as its share, whatever the number of seeds.</summary>
    public static Fault Of(int seed)
    {
        if (seed <= All.Count)
            return All[seed - 1];
        var given = All.ToDictionary(static fault => fault, static _ => 1);
        Fault next = All[0];
        for (var i = All.Count; i < seed; i++)
        {
            next = All.MinBy(fault => (given[fault] + 1.0) / fault.Share)!;
            given[next]++;
        }

        return next;
    }

    static async Task<Strike> KillSilo(Scene scene)
    {
        var (silo, hit) = await FullestSilo(scene);
        return await Kill(scene, silo, hit);
    }

    static Task<Strike> KillGateway(Scene scene)
    {
        var (gateway, hit) = AnyGateway(scene);
        return Kill(scene, gateway, hit);
    }

    static async Task<Strike> KillBoth(Scene scene)
    {
        var (silo, onSilo) = await FullestSilo(scene);
        var (gateway, onGateway) = AnyGateway(scene);
        var strikes = await Task.WhenAll(Kill(scene, silo, onSilo), Kill(scene, gateway, onGateway));
        return strikes[0].And(strikes[1]);
    }

    // The second dies while what lived on the first is being brought back.
    static async Task<Strike> KillTwoSilos(Scene scene)
    {
        var homes = await scene.WhereAllLive();
        var silos = scene.Cluster.Silos.OrderByDescending(silo => homes.Count(home => home.Value == silo.Name)).ToList();
        var first = await Kill(scene, silos[0], LivingOn(homes, silos[0]));
        await scene.Clock.Until(scene.Clock.Now + TimeSpan.FromMilliseconds(scene.Random.Next(50, 900)), CancellationToken.None);
        // Where the first one's people live by now is not asked: that would take as long as their recovery.
        return first.And(await Kill(scene, silos[1], LivingOn(homes, silos[1])));
    }

    static async Task<Strike> HangSilo(Scene scene)
    {
        var (silo, hit) = await FullestSilo(scene);
        var strike = Strike.On(scene.Clock.Now, hit);
        silo.Suspend();
        await scene.Clock.Until(strike.At + Hang, CancellationToken.None);
        silo.Resume();
        return strike;
    }

    static async Task<Strike> RestartPostgres(Scene scene)
    {
        var strike = Strike.On(scene.Clock.Now, scene.Everybody);
        await scene.Cluster.Postgres.Stop();
        await scene.Clock.Until(strike.At + TimeSpan.FromMilliseconds(scene.Random.Next(500, 2_500)), CancellationToken.None);
        await scene.Cluster.Postgres.StartAgain();
        return strike;
    }

    static Task<Strike> DropClients(Scene scene)
    {
        var hit = scene.Calls.Select(call => (call.Id, Talker: call.Talkers[scene.Random.Next(call.Talkers.Count)])).ToList();
        var strike = Strike.On(scene.Clock.Now, hit.Select(static who => (who.Id, who.Talker.Name)));
        foreach (var (_, talker) in hit)
            talker.DropNetwork(Away);
        return Task.FromResult(strike);
    }

    static async Task<Strike> RestartAll(Scene scene)
    {
        var strike = Strike.On(scene.Clock.Now, scene.Everybody);
        foreach (var member in scene.Cluster.Members.ToList())
        {
            await member.Stop();
            await member.StartAgain();
        }

        return strike;
    }

    static async Task<Strike> Stop(Scene scene, (ClusterProcess Member, IEnumerable<(string, string)> Hit) what)
    {
        var strike = Strike.On(scene.Clock.Now, what.Hit);
        await what.Member.Stop();
        return strike with { Drained = scene.Clock.Now - strike.At };
    }

    static async Task<Strike> Kill(Scene scene, ClusterProcess member, IEnumerable<(string, string)> hit)
    {
        var strike = Strike.On(scene.Clock.Now, hit);
        await member.Kill();
        return strike;
    }

    static async Task<(ClusterProcess Silo, IEnumerable<(string, string)> Hit)> FullestSilo(Scene scene)
    {
        var homes = await scene.WhereAllLive();
        var silo = scene.Cluster.Silos.MaxBy(silo => LivingOn(homes, silo).Select(static who => who.Item1).Distinct().Count())!;
        return (silo, LivingOn(homes, silo));
    }

    static IEnumerable<(string, string)> LivingOn(IReadOnlyDictionary<(string, string), string> homes, ClusterProcess silo) =>
        homes.Where(home => home.Value == silo.Name).Select(static home => home.Key);

    static (ClusterProcess Gateway, IEnumerable<(string, string)> Hit) AnyGateway(Scene scene)
    {
        var gateway = scene.Cluster.GatewayProcesses[scene.Random.Next(scene.Cluster.GatewayProcesses.Count)];
        return (gateway, [.. scene.ConnectedTo(gateway.Address)]);
    }
}
