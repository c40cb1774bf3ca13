namespace VoiceGrains.Tests.Faults.Running;

/// <summary>The calls that talk when a fault strikes, and where they live.</summary>
sealed class Scene(Cluster cluster, IReadOnlyList<TalkingCall> calls, RunClock clock, Random random)
{
    // Asking for all at once would be a load of its own.
    const int AsksAtOnce = 6;

    public Cluster Cluster => cluster;

    public IReadOnlyList<TalkingCall> Calls => calls;

    public RunClock Clock => clock;

    public Random Random => random;

    public IEnumerable<(string Call, string Participant)> Everybody => from call in calls from talker in call.Talkers select (call.Id, talker.Name);

    /// <summary>Which silo each participant lives on.</summary>
    public async Task<IReadOnlyDictionary<(string Call, string Participant), string>> WhereAllLive()
    {
        var homes = new System.Collections.Concurrent.ConcurrentDictionary<(string, string), string>();
        await Parallel.ForEachAsync(
            calls.SelectMany(static call => call.Talkers.Select(talker => (call.Id, talker.Name))),
            new ParallelOptions { MaxDegreeOfParallelism = AsksAtOnce },
            async (who, _) =>
            {
                if (await cluster.Gateways.SiloOf(who.Id, who.Name) is { } silo)
                    homes[who] = silo;
            });
        return homes;
    }

    /// <summary>Who is connected to a gateway.</summary>
    public IEnumerable<(string Call, string Participant)> ConnectedTo(Uri gateway) =>
        from call in calls
        from talker in call.Talkers
        where talker.Gateway.Authority == gateway.Authority
        select (call.Id, talker.Name);
}
